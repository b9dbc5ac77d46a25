import picocolors from 'picocolors'
import type { Severity } from '../../model/index.js'

type Paint = (text: string) => string

/** Colours by meaning; without colour every one of them gives its text back. */
export interface Palette {
  readonly severity: Readonly<Record<Severity, Paint>>
  readonly heading: Paint
  readonly strong: Paint
  readonly faint: Paint
  readonly command: Paint
  readonly added: Paint
  readonly removed: Paint
  readonly good: Paint
  readonly warning: Paint
}

/** Sixteen-colour palette, readable on dark and light backgrounds. */
export function paletteFor(color: boolean): Palette {
  const c = picocolors.createColors(color)
  return {
    severity: {
      critical: (text) => c.bold(c.inverse(c.red(text))),
      high: (text) => c.bold(c.red(text)),
      medium: (text) => c.bold(c.yellow(text)),
      low: (text) => c.bold(c.cyan(text)),
      info: c.bold,
    },
    heading: (text) => c.bold(c.underline(text)),
    strong: c.bold,
    faint: c.dim,
    command: c.cyan,
    added: c.green,
    removed: c.red,
    good: c.green,
    warning: c.yellow,
  }
}
