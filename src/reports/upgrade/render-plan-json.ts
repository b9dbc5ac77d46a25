import { visibleJson } from '../../text/index.js'
import type { UpgradePlan } from '../../upgrade/index.js'

/** Steps in one piece of the text: a plan for thousands of nodes is never held as one text here. */
const AT_ONCE = 500

/** The plan as JSON in pieces: the header as people read it, then a line a step. */
export function* streamPlanJson(plan: UpgradePlan): Generator<string> {
  const { steps, digest, ...header } = plan
  yield `${visibleJson(header).replace(/\n\}\n$/, '')},\n  "steps": [`
  for (let at = 0; at < steps.length; at += AT_ONCE) {
    const lines = steps.slice(at, at + AT_ONCE).map((step) => `    ${oneLine(step)}`)
    yield `${at === 0 ? '' : ','}\n${lines.join(',\n')}`
  }
  yield `${steps.length === 0 ? '' : '\n  '}],\n  "digest": ${JSON.stringify(digest)}\n}\n`
}

/** Signs that act on a terminal are written out, as everywhere. */
function oneLine(value: object): string {
  const text = JSON.stringify(value)

  return /[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/.test(text)
    ? visibleJson(value).replace(/\n\s*/g, ' ').trim()
    : text
}
