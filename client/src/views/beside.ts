// Where a page goes that is to be read beside what is being edited.
import { ViewColumn, window } from 'vscode';

/** The next column; where nothing is open, that would leave an empty one in front. */
export function besideOpenEditors(): ViewColumn {
  return window.tabGroups.activeTabGroup.tabs.length > 0 ? ViewColumn.Beside : ViewColumn.Active;
}
