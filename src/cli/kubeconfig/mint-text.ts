import { stringify } from 'yaml'
import type { MintJudgement, MintRequest } from '../../mint/index.js'
import type { JsonObject } from '../../model/index.js'
import { inWords } from '../durations.js'

/** What would be made, as manifests. */
export async function planText(request: MintRequest, objects: readonly JsonObject[]): Promise<string> {
  const { visible } = await import('../../reports/index.js')
  const credential =
    request.subject.kind === 'person'
      ? 'a client certificate, signed by the cluster; its key is made here and stays here'
      : 'a token of the service account'
  const documents = objects.map((object) => stringify(object, { lineWidth: 0, version: '1.1' }))
  const text = documents.join('---\n').split('\n').map(visible).join('\n')
  return `# ${credential}, for ${inWords(request.life * 1000)}, and:\n${text}`
}

/** What the engine says of it. */
export async function judgementText(judged: MintJudgement, head: string): Promise<string> {
  const { renderRules } = await import('../access/rules-table.js')
  const { escalationMay } = await import('../../access/index.js')
  const { visible } = await import('../../reports/index.js')
  const where = (namespace: string): string =>
    namespace === '' ? 'in the whole cluster' : `in namespace ${namespace}`
  const rights = judged.rights.map(
    ({ namespace, rules }) => `${where(namespace)}:\n${indented(renderRules(rules, true))}`,
  )
  const escalations = judged.escalations.map(
    (each) =>
      `${each.severity.toUpperCase()}  may ${escalationMay(each)}, ${where(each.namespace)} (${each.technique.id})\n`,
  )
  const unknown = judged.unknown.map((text) => `unknown: ${text}\n`)
  const nothing = rights.length === 0 ? 'nothing\n' : ''
  const more =
    escalations.length === 0
      ? 'No way to more than that is known.\n'
      : `This leads to more:\n${indented(escalations.join(''))}`
  const text = `\n${head}\n${nothing}${indented(rights.join(''))}${more}${unknown.join('')}`
  return text.split('\n').map(visible).join('\n')
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ')
}
