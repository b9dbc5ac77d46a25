import { describe, expect, it } from 'vitest'
import { redactObject } from './redact-object.js'

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
const copy = (apiVersion: string): string =>
  `{"apiVersion":"${apiVersion}","kind":"Ingress","spec":{"tls":"hunter2"}}\n`

describe('who wrote in another version', () => {
  it.each([
    [
      'managers, without their fields',
      'apps/v1',
      { managedFields: [{ manager: 'helm', apiVersion: 'apps/v1beta1', fieldsV1: { f: {} } }] },
      [{ manager: 'helm', apiVersion: 'apps/v1beta1' }],
    ],
    [
      'nobody who wrote in its own',
      'apps/v1',
      { managedFields: [{ manager: 'helm', apiVersion: 'apps/v1' }] },
      undefined,
    ],
    [
      'the copy of kubectl',
      'networking.k8s.io/v1',
      { annotations: { [LAST_APPLIED]: copy('extensions/v1beta1') } },
      [{ manager: 'kubectl-last-applied', apiVersion: 'extensions/v1beta1' }],
    ],
    [
      'nothing of a copy that is no JSON',
      'v1',
      { annotations: { [LAST_APPLIED]: 'apiVersion: extensions/v1beta1' } },
      undefined,
    ],
    [
      'everybody where the object does not say its version',
      undefined,
      {
        managedFields: [
          { manager: 'a', apiVersion: 'v1' },
          { manager: 'a', apiVersion: 'v1' },
        ],
      },
      [{ manager: 'a', apiVersion: 'v1' }],
    ],
    ['nothing of what is no list', 'v1', { managedFields: { manager: 'a' } }, undefined],
  ])('%s', (_name, apiVersion, metadata, expected) => {
    const object = { ...(apiVersion === undefined ? {} : { apiVersion }), kind: 'X', metadata }
    const redacted = redactObject(object)
    expect((redacted.metadata as Record<string, unknown>).managedFields).toEqual(expected)
    expect(JSON.stringify(redacted)).not.toContain('hunter2')
  })

  it('stays when it is shortened again', () => {
    const metadata = { name: 'web', annotations: { [LAST_APPLIED]: copy('extensions/v1beta1') } }
    const once = redactObject({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata })
    expect(redactObject(once)).toEqual(once)
  })
})
