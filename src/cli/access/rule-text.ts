import { describeRule, readRules } from '../../kube/index.js'
import type { KubeObject } from '../../model/index.js'

/** A rule of a role in one line. */
export function ruleText(object: KubeObject, index: number): string {
  const rule = readRules(object.content).rules.find(({ path }) => path[1] === index)
  return rule === undefined ? '' : describeRule(rule)
}
