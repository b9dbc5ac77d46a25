import { createHash } from 'node:crypto'

export const LOGO = `<svg class="logo" viewBox="0 0 34 38" aria-hidden="true"><path fill="currentColor" d="M2 3h6v4h5V3h8v4h5V3h6v16c0 9-6.5 14-15 17C8.5 33 2 28 2 19z"/><path fill="none" stroke="var(--card)" stroke-width="3" d="M10 19l5 5.5 9.5-10"/></svg>`

/** The source of a style sheet or script, as a content security policy names it. */
export function sourceHash(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`
}
