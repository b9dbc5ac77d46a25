import {
  asList,
  asObject,
  asString,
  inWords,
  isObject,
  RampartError,
  type JsonObject,
} from '../../model/index.js'
import { parseKubeVersion, planDigest, UPGRADE_ACTIONS, type UpgradePlan } from '../../upgrade/index.js'

/** A plan of five thousand nodes is about 30 MB. */
const LONGEST = 256 * 1024 * 1024

/**
 * Reads a saved plan. Throws RampartError that names the place for everything that `rampart upgrade plan` would not have
 * written, and for a plan that was edited since: its steps are commands that run as root.
 */
export function readPlan(text: string, file: string): UpgradePlan {
  const refuse = (what: string): never => {
    throw new RampartError('unreadable-input', `${file}: ${what}`)
  }
  if (text.length > LONGEST) refuse('it is too long for a plan')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    refuse(
      `it is no JSON (${(error as Error).message}); save a plan by \`rampart upgrade plan --to VERSION -o json\``,
    )
  }
  if (!isObject(value) || value.kind !== 'rampart.upgrade-plan') {
    return refuse('it is no plan of an upgrade; save one by `rampart upgrade plan --to VERSION -o json`')
  }
  if (value.format !== 1) refuse('its format is of another version of Rampart: make the plan again')
  for (const [index, step] of asList(value.steps).entries()) checkStep(step, `steps[${index}]`, refuse)
  if (!Array.isArray(value.steps) || !Array.isArray(value.nodes) || !Array.isArray(value.hops)) {
    refuse('it has no steps, nodes and hops')
  }
  for (const key of ['from', 'to']) {
    if (parseKubeVersion(asString(value[key])) === undefined)
      refuse(`${key}: \`${inWords(value[key])}\` is no version`)
  }
  if (!isObject(value.cluster) || !isObject(value.settings)) refuse('it has no cluster and settings')
  checkNodes(value, refuse)
  const plan = value as unknown as UpgradePlan
  if (plan.digest !== planDigest(plan)) {
    refuse(
      'it was changed since it was made (its digest differs). Nothing of it is carried out: make the plan again',
    )
  }
  return plan
}

type Refuse = (what: string) => never

function checkStep(step: unknown, at: string, refuse: Refuse): void {
  if (!isObject(step)) return refuse(`${at} is no step`)
  for (const key of ['id', 'node', 'role', 'action', 'minor', 'version', 'title']) {
    if (typeof step[key] !== 'string') refuse(`${at}.${key} is no text`)
  }
  if (!(UPGRADE_ACTIONS as readonly string[]).includes(step.action as string)) {
    refuse(`${at}.action: \`${inWords(step.action)}\` is unknown to this version of Rampart`)
  }
  if (!Array.isArray(step.commands)) refuse(`${at}.commands is no list`)
  for (const [index, command] of asList(step.commands).entries()) {
    const place = `${at}.commands[${index}]`
    const { run, write, text, on } = asObject(command)
    const runs = Array.isArray(run) && run.length > 0 && run.every((word) => typeof word === 'string')
    const writes = typeof write === 'string' && write.startsWith('/') && typeof text === 'string'
    if (!runs && !writes) refuse(`${place} neither runs nor writes anything`)
    if (on !== 'node' && on !== 'here') refuse(`${place}.on is neither node nor here`)
  }
}

function checkNodes(plan: JsonObject, refuse: Refuse): void {
  const names = new Set<string>()
  for (const [index, node] of asList(plan.nodes).entries()) {
    const name = asString(asObject(node).name)
    if (name === undefined || name === '' || names.has(name))
      refuse(`nodes[${index}].name is missing or there twice`)
    else names.add(name)
  }
  const ids = new Set<string>()
  for (const [index, step] of asList(plan.steps).entries()) {
    const { id, node } = asObject(step)
    if (ids.has(id as string)) refuse(`steps[${index}].id: \`${inWords(id)}\` is there twice`)
    ids.add(id as string)
    if (node !== '' && !names.has(node as string))
      refuse(`steps[${index}].node: \`${inWords(node)}\` is not among the nodes`)
  }
}
