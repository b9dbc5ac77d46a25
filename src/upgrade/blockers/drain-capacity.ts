import type { ObjectIndex } from '../../kube/index.js'
import { asString, formatRef, valueAt, type JsonValue, type KubeObject } from '../../model/index.js'
import { amountsText, amountText, spareRoom, type Homeless, type RoomFor } from '../capacity/index.js'
import { listed } from '../listed.js'
import type { Blocker, BlockerCheck } from './blocker.js'
import { livePods, moves } from './moved-pods.js'

/** Only the nodes whose pods ask for most are looked at: what fits for them fits for the others. */
const LOOKED_AT = 3
const REFERENCES = ['https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/']

/** Whether the others have room for what the fullest node gives up, by what pods ask for. */
export const drainCapacity: BlockerCheck = {
  id: 'drain-capacity',
  title: 'The other nodes have too little room for the pods of the fullest one',
  find({ index }) {
    const nodes = index.ofKind('', 'Node').filter(({ source }) => source !== 'manifest')
    const pods = livePods(index)
    if (nodes.length === 0 || pods.length === 0) return []
    const moving = new Set(pods.filter(moves).map(({ content }) => content))
    const objects = new Map(pods.map((pod) => [pod.content, pod]))
    const rooms = spareRoom(
      {
        nodes: nodes.map(({ content }) => content),
        pods: pods.map(({ content }) => content),
        moves: (pod) => moving.has(pod),
        volumeOf: (namespace, claim) => volumeAffinity(index, namespace, claim),
      },
      LOOKED_AT,
    )
    return rooms.flatMap((room) => blockersOf(room, (homeless) => objects.get(homeless.pod)))
  },
}

/** Where the volume of a claim can be used; null: anywhere; undefined: it is not bound, or was not read. */
function volumeAffinity(index: ObjectIndex, namespace: string, claim: string): JsonValue | undefined {
  const name = asString(
    valueAt(index.get('', 'PersistentVolumeClaim', namespace, claim)?.content, ['spec', 'volumeName']),
  )
  const volume = name === undefined ? undefined : index.get('', 'PersistentVolume', '', name)
  if (volume === undefined) return undefined
  return valueAt(volume.content, ['spec', 'nodeAffinity', 'required']) ?? null
}

type About = (level: Blocker['level'], message: string, fix: string) => Blocker

const MORE = 'add a node, or ask for less (requests), before this one is drained'

function blockersOf(room: RoomFor, objectOf: (homeless: Homeless) => KubeObject | undefined): Blocker[] {
  const about: About = (level, message, fix) => ({
    check: drainCapacity.id,
    level,
    subject: { kind: 'node', node: room.node },
    message,
    fix,
    evidence: 'requests of pods, status.allocatable of nodes',
    references: REFERENCES,
  })
  if (room.others === 0) {
    const message = `no other node takes pods: the ${room.moving} pods of node ${room.node} are away until it is back`
    return [about('warns', message, 'plan the downtime, or add a node first')]
  }
  const found = [
    ...room.homeless.map((homeless) => homelessBlocker(room, homeless, objectOf(homeless), about)),
    ...lackBlockers(room, about),
  ]
  if (found.length > 0 || room.unknown.length === 0) return found
  const message = `whether the pods of node ${room.node} find room elsewhere is not wholly known: ${listed([...room.unknown])}`
  return [about('unknown', message, 'see where these pods may run; the scheduler decides')]
}

function homelessBlocker(
  { node }: RoomFor,
  homeless: Homeless,
  object: KubeObject | undefined,
  about: About,
): Blocker {
  const name = object === undefined ? 'a pod' : formatRef(object.ref)
  const asks = amountsText(homeless.requests)
  return about(
    'blocks',
    `${name}${asks === '' ? '' : ` (${asks})`} of node ${node} fits on no other node: ${reasonsText(homeless)}`,
    MORE,
  )
}

/** What the others lack together: certain in sum, or only that one order of placing found no room. */
function lackBlockers({ node, moving, short, left }: RoomFor, about: About): Blocker[] {
  if (short.length > 0) {
    const lacks = short
      .map(
        ({ resource, asked, free }) =>
          `${amountText(resource, asked)} ${resource} asked, ${amountText(resource, free)} free`,
      )
      .join('; ')
    const message = `the other nodes have too little room for the ${moving} pods of node ${node}: ${lacks}`
    return [about('blocks', message, MORE)]
  }
  if (left === 0) return []
  const message = `of the ${moving} pods of node ${node}, ${left} found no place on the others when placed one after another: there is room in sum, but in pieces`
  return [about('warns', message, MORE)]
}

function reasonsText({ reasons }: Homeless): string {
  return [...reasons].map(([why, count]) => `${count} ${why}`).join(', ')
}
