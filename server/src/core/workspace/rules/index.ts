import type { Rule } from '../../lint/rule.ts';
import type { WorkspaceView } from '../index.ts';

export const workspaceRules: readonly Rule<WorkspaceView>[] = [];
