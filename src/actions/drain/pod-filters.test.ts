import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../model/index.js'
import {
  choosePods,
  errorsOf,
  goes,
  warningsOf,
  type DaemonSetSeen,
  type FilterOptions,
} from './pod-filters.js'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const STRICT: FilterOptions = {
  force: false,
  ignoreDaemonSets: false,
  deleteEmptyDirData: false,
  skipWaitForDeleteTimeoutSeconds: 0,
}
const SEEN: DaemonSetSeen = { found: true }
const ABSENT: DaemonSetSeen = { found: false, absent: true, message: 'daemonsets.apps "d" not found' }
const FORBIDDEN: DaemonSetSeen = { found: false, absent: false, message: 'daemonsets.apps "d" is forbidden' }

const owner = (kind: string, apiVersion = 'apps/v1', controller: unknown = true): JsonObject => ({
  kind,
  apiVersion,
  name: 'd',
  controller: controller as boolean,
})
const pod = (more: {
  owners?: JsonObject[]
  volumes?: JsonObject[]
  phase?: string
  annotations?: JsonObject
  deletionTimestamp?: string
}): JsonObject => ({
  metadata: {
    name: 'p',
    namespace: 'n',
    uid: '1',
    ...(more.owners === undefined ? {} : { ownerReferences: more.owners }),
    ...(more.annotations === undefined ? {} : { annotations: more.annotations }),
    ...(more.deletionTimestamp === undefined ? {} : { deletionTimestamp: more.deletionTimestamp }),
  },
  spec: { volumes: more.volumes ?? [] },
  status: { phase: more.phase ?? 'Running' },
})
const SET = [owner('ReplicaSet')]
const EMPTY_DIR = [{ name: 'v', emptyDir: {} }]
const MIRROR = { 'kubernetes.io/config.mirror': 'x' }

const DAEMON_SET_FATAL = 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)'
const LOCAL_FATAL = 'Pods with local storage (use --delete-emptydir-data to override)'
const UNMANAGED_FATAL = 'Pods that declare no controller (use --force to override)'
const UNMANAGED = 'deleting Pods that declare no controller'

describe('the filters of a drain', () => {
  it.each<[string, JsonObject, Partial<FilterOptions>, DaemonSetSeen, object]>([
    ['a pod of a ReplicaSet', pod({ owners: SET }), {}, SEEN, { kind: 'goes' }],
    [
      'a pod of a DaemonSet',
      pod({ owners: [owner('DaemonSet')] }),
      {},
      SEEN,
      { kind: 'error', message: DAEMON_SET_FATAL },
    ],
    [
      'a pod of a DaemonSet that may stay',
      pod({ owners: [owner('DaemonSet')] }),
      { ignoreDaemonSets: true },
      SEEN,
      { kind: 'warning', goes: false, message: 'ignoring DaemonSet-managed Pods' },
    ],
    [
      'force does not remove pods of DaemonSets',
      pod({ owners: [owner('DaemonSet')] }),
      { force: true },
      SEEN,
      { kind: 'error', message: DAEMON_SET_FATAL },
    ],
    [
      'its DaemonSet is gone',
      pod({ owners: [owner('DaemonSet')] }),
      { ignoreDaemonSets: true },
      ABSENT,
      { kind: 'error', message: ABSENT.message },
    ],
    // The warning of the second filter is cleared by those behind it.
    [
      'its DaemonSet is gone, by force',
      pod({ owners: [owner('DaemonSet')] }),
      { force: true },
      ABSENT,
      { kind: 'goes' },
    ],
    [
      'its DaemonSet may not be read, by force',
      pod({ owners: [owner('DaemonSet')] }),
      { force: true, ignoreDaemonSets: true },
      FORBIDDEN,
      { kind: 'error', message: FORBIDDEN.message },
    ],
    [
      'a finished pod of a DaemonSet',
      pod({ owners: [owner('DaemonSet')], phase: 'Failed' }),
      {},
      SEEN,
      { kind: 'goes' },
    ],
    [
      'a DaemonSet of another group',
      pod({ owners: [owner('DaemonSet', 'apps.acme.example/v1')] }),
      {},
      ABSENT,
      { kind: 'goes' },
    ],
    [
      'a DaemonSet of another version',
      pod({ owners: [owner('DaemonSet', 'apps/v1beta2')] }),
      {},
      ABSENT,
      { kind: 'goes' },
    ],
    [
      'an owner that is no controller',
      pod({ owners: [owner('DaemonSet', 'apps/v1', false)] }),
      {},
      SEEN,
      { kind: 'error', message: UNMANAGED_FATAL },
    ],
    [
      'a controller written as a text is none',
      pod({ owners: [owner('ReplicaSet', 'apps/v1', 'true')] }),
      {},
      SEEN,
      { kind: 'error', message: UNMANAGED_FATAL },
    ],
    [
      'the first controller counts',
      pod({ owners: [...SET, owner('DaemonSet')] }),
      {},
      ABSENT,
      { kind: 'goes' },
    ],
    ['a mirror pod', pod({ annotations: MIRROR }), {}, SEEN, { kind: 'stays' }],
    [
      'a mirror pod with an empty mark',
      pod({ annotations: { 'kubernetes.io/config.mirror': '' } }),
      {},
      SEEN,
      { kind: 'stays' },
    ],
    [
      'a mirror pod with local storage, by force',
      pod({ annotations: MIRROR, volumes: EMPTY_DIR }),
      { force: true },
      SEEN,
      { kind: 'stays' },
    ],
    [
      'local storage',
      pod({ owners: SET, volumes: EMPTY_DIR }),
      {},
      SEEN,
      { kind: 'error', message: LOCAL_FATAL },
    ],
    [
      'force does not remove local storage',
      pod({ owners: SET, volumes: EMPTY_DIR }),
      { force: true },
      SEEN,
      { kind: 'error', message: LOCAL_FATAL },
    ],
    [
      'local storage that may be lost: the warning is cleared',
      pod({ owners: SET, volumes: EMPTY_DIR }),
      { deleteEmptyDirData: true },
      SEEN,
      { kind: 'goes' },
    ],
    [
      'local storage and no controller: the last warning stands',
      pod({ volumes: EMPTY_DIR }),
      { deleteEmptyDirData: true, force: true },
      SEEN,
      { kind: 'warning', goes: true, message: UNMANAGED },
    ],
    [
      'a folder of the host',
      pod({ owners: SET, volumes: [{ name: 'v', hostPath: { path: '/x' } }] }),
      {},
      SEEN,
      { kind: 'goes' },
    ],
    [
      'an emptyDir that is null',
      pod({ owners: SET, volumes: [{ name: 'v', emptyDir: null }] }),
      {},
      SEEN,
      { kind: 'goes' },
    ],
    ['no controller', pod({}), {}, SEEN, { kind: 'error', message: UNMANAGED_FATAL }],
    [
      'no controller, by force',
      pod({}),
      { force: true },
      SEEN,
      { kind: 'warning', goes: true, message: UNMANAGED },
    ],
    [
      'a finished pod without controller, with local storage',
      pod({ phase: 'Succeeded', volumes: EMPTY_DIR }),
      {},
      SEEN,
      { kind: 'goes' },
    ],
    [
      'a pending pod without controller',
      pod({ phase: 'Pending' }),
      {},
      SEEN,
      { kind: 'error', message: UNMANAGED_FATAL },
    ],
    [
      'a deletion that was due long ago',
      pod({ deletionTimestamp: '2026-06-01T11:59:00Z' }),
      { skipWaitForDeleteTimeoutSeconds: 59 },
      SEEN,
      { kind: 'stays' },
    ],
    [
      'exactly so many seconds are not more',
      pod({ deletionTimestamp: '2026-06-01T11:59:00Z', owners: SET }),
      { skipWaitForDeleteTimeoutSeconds: 60 },
      SEEN,
      { kind: 'goes' },
    ],
    [
      'a deletion that is due later',
      pod({ deletionTimestamp: '2026-06-01T12:01:00Z', owners: SET }),
      { skipWaitForDeleteTimeoutSeconds: 1 },
      SEEN,
      { kind: 'goes' },
    ],
    [
      'nothing is skipped unless it is asked',
      pod({ deletionTimestamp: '2020-06-01T11:59:00Z', owners: SET }),
      {},
      SEEN,
      { kind: 'goes' },
    ],
    [
      'a time that is none',
      pod({ deletionTimestamp: 'soon', owners: SET }),
      { skipWaitForDeleteTimeoutSeconds: 1 },
      SEEN,
      { kind: 'goes' },
    ],
    [
      'fields of wrong types',
      { metadata: 5, spec: [], status: 'x' },
      {},
      SEEN,
      { kind: 'error', message: UNMANAGED_FATAL },
    ],
    [
      'lists of wrong types',
      { metadata: { ownerReferences: {} }, spec: { volumes: 'x' } },
      { force: true },
      SEEN,
      { kind: 'warning', goes: true, message: UNMANAGED },
    ],
  ])('%s', async (_name, given, options, seen, expected) => {
    const [chosen] = await choosePods(
      [given],
      { ...STRICT, ...options },
      () => Promise.resolve(seen),
      () => NOW,
    )
    expect(chosen?.fate).toEqual(expected)
  })

  it('says each warning and each error once, with its pods', async () => {
    const named = (name: string, given: JsonObject): JsonObject => ({
      ...given,
      metadata: { ...(given.metadata as JsonObject), name },
    })
    const pods = [
      named('a', pod({})),
      named('b', pod({ owners: SET, volumes: EMPTY_DIR })),
      named('c', pod({})),
      named('d', pod({ owners: [owner('DaemonSet')] })),
    ]
    const seen = (): Promise<DaemonSetSeen> => Promise.resolve(SEEN)
    expect(errorsOf(await choosePods(pods, STRICT, seen))).toEqual([
      `cannot delete ${UNMANAGED_FATAL}: n/a, n/c`,
      `cannot delete ${LOCAL_FATAL}: n/b`,
      `cannot delete ${DAEMON_SET_FATAL}: n/d`,
    ])
    const all = { ...STRICT, force: true, deleteEmptyDirData: true, ignoreDaemonSets: true }
    expect(warningsOf(await choosePods(pods, all, seen))).toBe(
      `${UNMANAGED}: n/a, n/c; ignoring DaemonSet-managed Pods: n/d`,
    )
  })

  it('decides as kubectl, written down naively', async () => {
    const flag = fc.boolean()
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          kind: fc.constantFrom('none', 'ReplicaSet', 'DaemonSet'),
          local: flag,
          mirror: flag,
          phase: fc.constantFrom('Running', 'Pending', 'Succeeded', 'Failed', 'Unknown'),
          ago: fc.option(fc.integer({ min: -5, max: 5 }), { nil: undefined }),
        }),
        fc.record({
          force: flag,
          ignoreDaemonSets: flag,
          deleteEmptyDirData: flag,
          skipWaitForDeleteTimeoutSeconds: fc.integer({ min: 0, max: 4 }),
        }),
        fc.constantFrom(SEEN, ABSENT, FORBIDDEN),
        async (given, options, seen) => {
          const made = pod({
            ...(given.kind === 'none' ? {} : { owners: [owner(given.kind)] }),
            ...(given.local ? { volumes: EMPTY_DIR } : {}),
            ...(given.mirror ? { annotations: MIRROR } : {}),
            phase: given.phase,
            ...(given.ago === undefined
              ? {}
              : { deletionTimestamp: new Date(NOW - given.ago * 1000).toISOString() }),
          })
          const [chosen] = await choosePods(
            [made],
            options,
            () => Promise.resolve(seen),
            () => NOW,
          )
          const fate = chosen?.fate ?? { kind: 'goes' }
          expect([goes(fate), 'message' in fate ? fate.message : '']).toEqual(naive(given, options, seen))
        },
      ),
      { numRuns: 2000 },
    )
  })
})

/** Whether the pod goes, and what is said, as a table of cases. */
function naive(
  given: { kind: string; local: boolean; mirror: boolean; phase: string; ago: number | undefined },
  options: FilterOptions,
  seen: DaemonSetSeen,
): [boolean, string] {
  const finished = given.phase === 'Succeeded' || given.phase === 'Failed'
  const skip = options.skipWaitForDeleteTimeoutSeconds
  if (skip > 0 && given.ago !== undefined && given.ago > skip) return [false, '']
  if (given.kind === 'DaemonSet' && !finished) {
    if (!seen.found && !(seen.absent && options.force)) return [false, seen.message]
    if (seen.found)
      return [false, options.ignoreDaemonSets ? 'ignoring DaemonSet-managed Pods' : DAEMON_SET_FATAL]
  }
  if (given.mirror) return [false, '']
  if (finished) return [true, '']
  if (given.local && !options.deleteEmptyDirData) return [false, LOCAL_FATAL]
  if (given.kind !== 'none') return [true, '']
  return options.force ? [true, UNMANAGED] : [false, UNMANAGED_FATAL]
}
