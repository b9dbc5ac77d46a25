import { describe, expect, it } from 'vitest'
import { ApiError, ConnectionError } from '../../client/index.js'
import { isAway, patientCluster, type Patience } from './patient-cluster.js'
import type { UpgradeCluster } from './upgrade-cluster.js'

const answer = (status: number): ApiError => new ApiError(status, '', {}, `answered ${status}`)
const forbidden = (): ApiError => answer(403)

function clusterThat(
  errors: readonly (Error | undefined)[],
  readiness: readonly (string | undefined)[],
): { cluster: UpgradeCluster; asked: () => number } {
  let [asked, askedReady] = [0, 0]
  const cluster = {
    node: () => {
      const error = errors[asked]
      asked += 1
      return error === undefined ? Promise.resolve({ kind: 'Node' }) : Promise.reject(error)
    },
    notReady: () => Promise.resolve(readiness[Math.min(askedReady++, readiness.length - 1)]),
  } as unknown as UpgradeCluster
  return { cluster, asked: () => asked }
}

const patience = (notes: string[], more: Partial<Patience> = {}): Patience => ({
  restart: 5000,
  look: 1,
  note: (text) => notes.push(text),
  ...more,
})

describe('patientCluster', () => {
  it('asks again while an API server that has just started knows no roles yet', async () => {
    const notes: string[] = []
    const { cluster, asked } = clusterThat([forbidden(), forbidden(), undefined], ['failed: rbac'])
    expect(await patientCluster(cluster, patience(notes)).node('n')).toEqual({ kind: 'Node' })
    expect(asked()).toBe(3)
    expect(notes).toHaveLength(1)
  })

  it('takes the refusal of an API server that is ready for one', async () => {
    const { cluster, asked } = clusterThat([forbidden(), undefined], [undefined])
    await expect(patientCluster(cluster, patience([])).node('n')).rejects.toMatchObject({ status: 403 })
    expect(asked()).toBe(1)
  })

  it('gives up after its time, and when it is told to', async () => {
    const errors = Array.from({ length: 1000 }, forbidden)
    const never = clusterThat(errors, ['failed: rbac'])
    await expect(
      patientCluster(never.cluster, patience([], { restart: 20 })).node('n'),
    ).rejects.toMatchObject({
      status: 403,
    })
    const stopped = clusterThat(errors, ['failed: rbac'])
    const signal = AbortSignal.abort()
    await expect(patientCluster(stopped.cluster, patience([], { signal })).node('n')).rejects.toThrow(
      /abort/i,
    )
    expect(stopped.asked()).toBe(1)
  })

  it('waits for nothing that is not about a start', async () => {
    const { cluster } = clusterThat([], ['failed: rbac'])
    expect(await isAway(cluster, new Error('a fault of ours'))).toBe(false)
    expect(await isAway(cluster, answer(404))).toBe(false)
    expect(await isAway(cluster, answer(503))).toBe(true)
    expect(await isAway(cluster, new ConnectionError('ECONNREFUSED', 'nothing listens'))).toBe(true)
  })
})
