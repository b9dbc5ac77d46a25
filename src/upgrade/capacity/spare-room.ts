import {
  asList,
  asString,
  field,
  isObject,
  valueAt,
  type JsonObject,
  type JsonValue,
} from '../../model/index.js'
import { allocatable, nodeOfPod, podRequests, type Amounts } from './pod-requests.js'
import { hostPorts, nodeSelectorMatches, portsMeet, repel, unreckoned, whyNotOn } from './placement-rules.js'

export interface RoomInput {
  readonly nodes: readonly JsonObject[]
  /** Every pod of the cluster that takes room: finished ones do not. */
  readonly pods: readonly JsonObject[]
  /** The pods of a node that a drain moves. */
  readonly moves: (pod: JsonObject) => boolean
  /** `nodeAffinity.required` of the volume behind a claim; null where it can be used anywhere; undefined: not known. */
  readonly volumeOf: (namespace: string, claim: string) => JsonValue | undefined
}

/** A pod that has no place. */
export interface Homeless {
  readonly pod: JsonObject
  readonly requests: Amounts
  /** How many of the other nodes speak against it for each reason. */
  readonly reasons: ReadonlyMap<string, number>
}

/** Whether the pods of a node find room on the others. */
export interface RoomFor {
  readonly node: string
  /** How many pods move. */
  readonly moving: number
  /** The other nodes that could take any. */
  readonly others: number
  /** Each of these fits nowhere even alone. */
  readonly homeless: readonly Homeless[]
  /** Together they ask for more of a resource than all others have left: that is certain. */
  readonly short: readonly { readonly resource: string; readonly asked: number; readonly free: number }[]
  /** Placed one after another, the largest first, so many found no room; another order might do. */
  readonly left: number
  /** Nodes and wishes that were not reckoned with. */
  readonly unknown: readonly string[]
}

interface Place {
  readonly node: JsonObject
  /** Whether it is known what the node has for pods. */
  readonly isKnown: boolean
  readonly free: Map<string, number>
  readonly pods: JsonObject[]
  readonly ports: string[]
}

/** Says for the nodes whose pods ask for most, at most `count` of them, whether the others can take these. */
export function spareRoom(input: RoomInput, count: number): RoomFor[] {
  const byNode = new Map<string, JsonObject[]>()
  for (const pod of input.pods) {
    const name = nodeOfPod(pod)
    const list = byNode.get(name)
    if (list === undefined) byNode.set(name, [pod])
    else list.push(pod)
  }
  const whole = totals(input.nodes)
  const all = input.nodes
    .filter(isReady)
    .map((node) => placeOf(node, byNode.get(nameOf(node)) ?? []))
    // A pod is reckoned to a node of which nothing is known only where no other takes it.
    .sort((a, b) => Number(b.isKnown) - Number(a.isKnown))
  return input.nodes
    .map((node) => {
      const name = nameOf(node)
      const moving = (byNode.get(name) ?? []).filter(input.moves)
      return { name, moving, weight: moving.reduce((sum, pod) => sum + shareOf(requestsOf(pod), whole), 0) }
    })
    .sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .filter(({ moving }) => moving.length > 0)
    .map(({ name, moving }) => roomFor(name, moving, all, input, whole))
}

function roomFor(
  name: string,
  moving: readonly JsonObject[],
  all: readonly Place[],
  input: RoomInput,
  whole: Amounts,
): RoomFor {
  const unknown = new Set<string>()
  const places = all.filter(({ node }) => nameOf(node) !== name)
  const sorted = moving
    .map((pod) => ({ pod, requests: requestsOf(pod) }))
    .sort((a, b) => shareOf(b.requests, whole) - shareOf(a.requests, whole))
  const homeless: Homeless[] = []
  const placeable: typeof sorted = []
  for (const each of sorted) {
    const reasons = new Map<string, number>()
    const fits = places.some((place) => {
      const why = whyNotIn(each.pod, each.requests, place, input)
      if (why !== undefined) reasons.set(why, (reasons.get(why) ?? 0) + 1)
      return why === undefined
    })
    if (!fits) homeless.push({ ...each, reasons })
    else placeable.push(each)
    for (const why of unreckoned(each.pod, (claim) => volumeKnown(each.pod, claim, input)))
      unknown.add(`${inFull(each.pod)}: ${why}`)
  }
  const short = shortage(placeable, places, input)
  let left = 0
  for (const { pod, requests } of placeable) {
    const at = places.findIndex((each) => whyNotIn(pod, requests, each, input) === undefined)
    const place = places[at]
    if (place === undefined) left += 1
    else {
      if (!place.isKnown) unknown.add(`what node ${nameOf(place.node)} has for pods`)
      // The next node begins with the same places.
      const own = { ...place, free: new Map(place.free), pods: [...place.pods], ports: [...place.ports] }
      take(own, pod, requests)
      places[at] = own
    }
  }
  const others = places.filter(({ node }) => field(node.spec, 'unschedulable') !== true).length
  return { node: name, moving: moving.length, others, homeless, short, left, unknown: [...unknown].sort() }
}

function placeOf(node: JsonObject, pods: readonly JsonObject[]): Place {
  const has = allocatable(node)
  const place: Place = { node, isKnown: has !== undefined, free: new Map(has ?? []), pods: [], ports: [] }
  for (const pod of pods) take(place, pod, requestsOf(pod))
  return place
}

function take(place: Place, pod: JsonObject, requests: Amounts): void {
  for (const [name, amount] of requests) place.free.set(name, (place.free.get(name) ?? 0) - amount)
  place.pods.push(pod)
  place.ports.push(...hostPorts(pod))
}

const known = new WeakMap<JsonObject, Amounts>()

/** Each pod is asked for several nodes. */
function requestsOf(pod: JsonObject): Amounts {
  let requests = known.get(pod)
  if (requests === undefined) known.set(pod, (requests = podRequests(pod)))
  return requests
}

/** A little more than nothing: amounts were added up as numbers. */
const NEARLY = 1e-6

function whyNotIn(pod: JsonObject, requests: Amounts, place: Place, input: RoomInput): string | undefined {
  const rule = whyNotOn(pod, place.node)
  if (rule !== undefined) return rule
  for (const volume of volumesOf(pod, input)) {
    if (!nodeSelectorMatches(volume, place.node)) return 'cannot use its volume'
  }
  for (const [name, amount] of place.isKnown ? requests : []) {
    if (amount > (place.free.get(name) ?? 0) + NEARLY * Math.max(1, amount))
      return `has too little ${name} left`
  }
  if (hostPorts(pod).some((port) => place.ports.some((taken) => portsMeet(port, taken))))
    return 'has its port taken'
  return place.pods.some((other) => repel(pod, other)) ? 'has a pod that it must not be beside' : undefined
}

function claimsOf(pod: JsonObject): string[] {
  return asList(valueAt(pod, ['spec', 'volumes'])).flatMap(
    (volume) => asString(valueAt(volume, ['persistentVolumeClaim', 'claimName'])) ?? [],
  )
}

function namespaceOf(pod: JsonObject): string {
  return asString(valueAt(pod, ['metadata', 'namespace'])) ?? ''
}

function volumesOf(pod: JsonObject, { volumeOf }: RoomInput): JsonValue[] {
  return claimsOf(pod)
    .map((claim) => volumeOf(namespaceOf(pod), claim))
    .filter(isObject)
}

function volumeKnown(pod: JsonObject, claim: string, { volumeOf }: RoomInput): boolean {
  return volumeOf(namespaceOf(pod), claim) !== undefined
}

/** Pods that may go where nothing is known of the room are not counted: what is told here is certain. */
function shortage(
  moving: readonly { readonly pod: JsonObject; readonly requests: Amounts }[],
  places: readonly Place[],
  input: RoomInput,
): RoomFor['short'] {
  const asked = new Map<string, number>()
  const open = places.filter(({ isKnown }) => !isKnown)
  for (const { pod, requests } of moving) {
    if (open.some((place) => whyNotIn(pod, requests, place, input) === undefined)) continue
    for (const [name, amount] of requests) asked.set(name, (asked.get(name) ?? 0) + amount)
  }
  return [...asked].flatMap(([resource, amount]) => {
    const free = places
      .filter(({ node, isKnown }) => isKnown && field(node.spec, 'unschedulable') !== true)
      .reduce((sum, place) => sum + Math.max(0, place.free.get(resource) ?? 0), 0)
    return amount > free + NEARLY * Math.max(1, amount) ? [{ resource, asked: amount, free }] : []
  })
}

function totals(nodes: readonly JsonObject[]): Amounts {
  const sum = new Map<string, number>()
  for (const node of nodes)
    for (const [name, amount] of allocatable(node) ?? []) sum.set(name, (sum.get(name) ?? 0) + amount)
  return sum
}

/** The part of the whole cluster that amounts take, of the resource of which it is most. */
function shareOf(requests: Amounts, whole: Amounts): number {
  return Math.max(0, ...[...requests].map(([name, amount]) => amount / Math.max(whole.get(name) ?? 0, 1e-9)))
}

/** Source: the node lifecycle controller taints nodes that are not Ready, and so they take no pods. */
function isReady(node: JsonObject): boolean {
  const conditions = asList(valueAt(node, ['status', 'conditions']))
  const ready = conditions.find((each) => field(each, 'type') === 'Ready')
  return ready === undefined || field(ready, 'status') === 'True'
}

function nameOf(node: JsonObject): string {
  return asString(valueAt(node, ['metadata', 'name'])) ?? ''
}

function inFull(pod: JsonObject): string {
  return `${namespaceOf(pod)}/${asString(valueAt(pod, ['metadata', 'name'])) ?? ''}`
}
