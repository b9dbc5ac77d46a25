import { asBoolean, asList, field, valueAt, type JsonObject } from '../../model/index.js'

/**
 * The field manager under which upgrades close nodes for pods. Where a run is lost with its machine, the API server itself
 * tells by it which nodes are closed only because nobody came to open them: whoever cordons or uncordons a node afterwards
 * becomes the manager of that field. Source: kubernetes.io, Server-Side Apply, Field management.
 */
export const UPGRADE_MANAGER = 'rampart-upgrade'

const PATH = ['fieldsV1', 'f:spec', 'f:unschedulable']

/** Whether an upgrade closed this Node, and neither it nor anybody else has changed that since. */
export function isCordonedByUpgrade(node: JsonObject): boolean {
  return asBoolean(valueAt(node, ['spec', 'unschedulable'])) === true && cordonOfUpgrade(node).length > 0
}

/** The part of `metadata.managedFields` that says so; empty where it does not. */
export function cordonOfUpgrade(node: JsonObject): JsonObject[] {
  const managed = asList(valueAt(node, ['metadata', 'managedFields']))
  const isIt = managed.some(
    (each) => field(each, 'manager') === UPGRADE_MANAGER && valueAt(each, PATH) !== undefined,
  )
  return isIt ? [{ manager: UPGRADE_MANAGER, fieldsV1: { 'f:spec': { 'f:unschedulable': {} } } }] : []
}
