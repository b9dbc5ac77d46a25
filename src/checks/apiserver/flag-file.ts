import { known, unknown, type Fact, type Origin } from '../../model/index.js'
import type { ComponentSubject } from '../define-check.js'

/** The text of a file that a component is given, with its path on the host; unknown where it was not read. */
export function fileBehind(
  component: ComponentSubject,
  path: string,
  origin: Origin,
): Fact<{ readonly path: string; readonly text: string }> {
  const file = component.file?.(path)
  if (file?.text !== undefined) return known({ path: file.path, text: file.text }, origin)
  if (file?.unreadable !== undefined) return unknown('unreadable', `\`${path}\`: ${file.unreadable}`, origin)
  return unknown('no-source', `\`${path}\` was not read`, origin)
}
