import { describe, expect, it } from 'vitest'
import { runCheck } from '../../../test/kit/check-tests.js'
import { checks } from '../catalogue.js'

/** Settings whose change nobody but the kubelet itself can feel. */
const FELT_BY_NOBODY: readonly string[] = [
  'kubelet-event-rate',
  'kubelet-iptables-chains',
  'kubelet-rotate-certificates',
  'kubelet-webhook-authentication',
]

/** `rampart fix` carries out what needs nothing and cuts nothing: what that may end has to be told beside it. */
describe('a fix of the kubelet that is carried out unasked says what it breaks, or what has to hold', () => {
  it.each(
    checks.filter(({ appliesTo }) => appliesTo === 'kubelet').map((check) => [check.id, check] as const),
  )('%s', async (id, check) => {
    const findings = await runCheck(check, check.examples.bad)
    const silent = findings.filter(
      ({ fix }) =>
        fix !== undefined && fix.edits.length > 0 && fix.needs.length === 0 && fix.breaks === undefined,
    )
    expect(silent.map(({ message }) => message)).toEqual(
      FELT_BY_NOBODY.includes(id) ? [expect.anything()] : [],
    )
  })
})
