// The report as data; its shape is `schemas/findings.schema.json`.
import type { Render } from './format.ts';

export const renderJson: Render = ({ report }) => `${JSON.stringify(report, null, 2)}\n`;
