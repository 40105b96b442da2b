// Where patterns of subjects stand in a configuration.

/** Options, as block and key, whose subjects nats-server checks when it reads the configuration. */
export const subjectOptions: readonly string[] = [
  'permissions.publish',
  'permissions.subscribe',
  'subject_permission.allow',
  'subject_permission.deny',
  'leafnode_remote.deny_imports',
  'leafnode_remote.deny_exports',
];
