import type { Fix } from '../model/index.js'

/** A fix in words alone, with what may break. */
export function advice(text: string, extra: { breaks?: string; needs?: string } = {}): Fix {
  return {
    text,
    edits: [],
    commands: [],
    risk: 'none',
    needs: extra.needs === undefined ? [] : [{ text: extra.needs, met: 'unknown' }],
    ...(extra.breaks === undefined ? {} : { breaks: extra.breaks }),
  }
}

/** A fix that is safe only once something holds; while that is not known, it is shown as advice. */
export function withPrecondition(fix: Fix, text: string, met: boolean | 'unknown' = 'unknown'): Fix {
  return { ...fix, needs: [...fix.needs, { text, met }] }
}
