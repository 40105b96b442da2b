// Turns results into figures and tables for people.

/** Median, 95th percentile, and the quartiles as spread, of some values. */
export function statistics(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = part => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  return { n: sorted.length, median: at(0.5), low: at(0.25), high: at(0.75), p95: at(0.95) };
}

const number = value => (value >= 1000 ? Math.round(value).toLocaleString('en') : value >= 10 ? value.toFixed(0) : value.toFixed(1));
const figure = (result, statistic = 'median') => {
  if (!result) return '';
  return result.failed ? `failed` : `${number(result[statistic])} (${number(result.low)}–${number(result.high)})`;
};

/** Milliseconds that node itself needs to start where the goals were set; what takes longer in this run makes goals in milliseconds as much longer. */
const nodeStartOfGoals = 40;

/** What a person wants to know about a measurement beside its figures; `slowness` says how much longer this machine takes than that of the goals. */
function remarks({ unit, goal, peers = [] }, { ours, peers: others }, slowness) {
  const words = [];
  if (slowness !== undefined && unit === 'ms' && typeof goal === 'number') words.push(`goal at this speed ${number(goal * slowness)}`);
  if (ours.cpu) words.push(`CPU ${number(ours.cpu.median)}`);
  if (ours.cpuPerEdit !== undefined) words.push(`CPU ${number(ours.cpuPerEdit)}`);
  if (ours.memoryAtStart) words.push(`${number(ours.memoryAtStart)} at the start`);
  if (ours.memoryAtWork && unit === 'MB') words.push(`${number(ours.memoryAtWork)} after the last edit`);
  if (ours.firstEver) words.push(`${number(ours.firstEver)} the first time ever`);
  for (const name of peers) {
    const other = others[name];
    if (other?.median) words.push(`${number(other.median / ours.median)}× by ${name}`);
  }
  return unit === 'ms' || ours.memoryAtStart ? words.join(', ') : '';
}

const begin = '<!-- figures: begin -->';
const end = '<!-- figures: end -->';

/** `page` with the new figures between its two marks. Rows, and peers, that were not measured this time keep their old ones. */
export function renderTable(page, measures, results, facts) {
  const [before, rest] = page.split(begin);
  const [old, after] = rest.split(end);
  const rows = new Map([...old.matchAll(/^\| `([^`]+)` \|.*$/gm)].map(match => [match[1], match[0]]));
  const nodeStart = results['command-start']?.peers.node?.median;
  const slowness = nodeStart === undefined ? undefined : nodeStart / nodeStartOfGoals;
  for (const measure of measures) {
    const result = results[measure.id];
    const known = rows.get(measure.id)?.split(' | ')[5] ?? '';
    const others = Object.entries(result.peers).map(([name, peer]) => `${name}: ${figure(peer)}`);
    const goal = typeof measure.goal === 'number' ? `≤ ${measure.goal.toLocaleString('en')}` : measure.goal ? `≤ ${measure.goal}` : '';
    const cells = [
      measure.what,
      measure.unit,
      goal,
      figure(result.ours, measure.statistic),
      others.join('<br>') || known,
      remarks(measure, result, slowness),
    ];
    rows.set(measure.id, `| \`${measure.id}\` | ${cells.join(' | ')} |`);
  }
  const { date, commit, cpu, cores, memory, system, node, load } = facts;
  const machine = `${date.slice(0, 10)}, revision ${commit}: ${cpu}, ${cores} cores, ${memory}, ${system}, node ${node}; load average ${load} when the run ended.`;
  const speed =
    slowness === undefined
      ? ''
      : ` Node itself starts in ${number(nodeStart)} ms here and in ${nodeStartOfGoals} where the goals were set, so this machine is ${number(slowness)} times slower.`;
  const head = '| measurement | what | unit | goal | ours: median (quartiles) | peers | |\n|---|---|---|---|---|---|---|';
  return `${before}${begin}\n${machine}${speed}\n\n${head}\n${[...rows.values()].join('\n')}\n${end}${after}`;
}

/** Two builds beside each other. */
export function renderComparison(measures, results, revision) {
  let slower = false;
  const lines = measures.flatMap(({ id }) => {
    const { ours, before: theirs } = results[id];
    if (!ours.median || !theirs?.median) return [];
    // What the process used is disturbed less by a busy machine than the clock.
    const [now, before] = ours.cpu && theirs.cpu ? [ours.cpu.median, theirs.cpu.median] : [ours.median, theirs.median];
    const ratio = now / before;
    if (ratio > 1.25) slower = true;
    return [
      `${id.padEnd(24)} ${number(before).padStart(8)} -> ${number(now).padStart(8)}  ${ratio.toFixed(2)}×${ratio > 1.25 ? '  SLOWER' : ''}`,
    ];
  });
  return { text: `Against ${revision}:\n${lines.join('\n')}`, slower };
}
