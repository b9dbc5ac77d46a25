import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../model/index.js'
import { isCordonedByUpgrade } from './cordoned-by-upgrade.js'
import { redactObject } from './redact-object.js'

const CORDON = { 'f:spec': { 'f:unschedulable': {} } }

function node(unschedulable: boolean | undefined, managedFields: JsonObject[]): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'w-1', managedFields },
    spec: unschedulable === undefined ? {} : { unschedulable },
  }
}

const ours = { manager: 'rampart-upgrade', operation: 'Update', apiVersion: 'v1', fieldsV1: CORDON }
const kubelet = { manager: 'kubelet', apiVersion: 'v1', fieldsV1: { 'f:metadata': { 'f:labels': {} } } }

describe('isCordonedByUpgrade', () => {
  it.each<[string, JsonObject, boolean]>([
    ['an upgrade closed it', node(true, [kubelet, ours]), true],
    ['somebody else closed it since', node(true, [kubelet, { ...ours, manager: 'kubectl-cordon' }]), false],
    ['an upgrade wrote another field', node(true, [{ ...ours, fieldsV1: { 'f:spec': {} } }]), false],
    ['it is open', node(undefined, [ours]), false],
    ['nothing tells who closed it', node(true, []), false],
    ['odd values', node(true, [{ manager: 7, fieldsV1: 'f:spec' }]), false],
  ])('%s', (_name, object, expected) => {
    expect(isCordonedByUpgrade(object)).toBe(expected)
    // What is kept of an object still says so, and says it again when it is read a second time.
    expect(isCordonedByUpgrade(redactObject(object))).toBe(expected)
    expect(isCordonedByUpgrade(redactObject(redactObject(object)))).toBe(expected)
  })

  it('keeps nothing else of those who wrote', () => {
    const { metadata } = redactObject(node(true, [kubelet, ours]))
    expect(metadata).toEqual({
      name: 'w-1',
      managedFields: [{ manager: 'rampart-upgrade', fieldsV1: CORDON }],
    })
  })
})
