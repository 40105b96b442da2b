// Answers about things that never change are worked out once, however many rules and features ask.

/** `read`, which then runs once for each object; what it gave is forgotten with the object. */
export function remember<About extends object, Value>(read: (about: About) => Value): (about: About) => Value {
  const known = new WeakMap<About, { readonly value: Value }>();
  return about => {
    let answer = known.get(about);
    if (!answer) {
      answer = { value: read(about) };
      known.set(about, answer);
    }
    return answer.value;
  };
}
