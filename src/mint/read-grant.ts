import { builtInCatalogue, resolveResource, type ApiCatalogue } from '../kube/index.js'
import { RampartError } from '../model/index.js'
import type { Grant } from './mint-request.js'

/**
 * `VERBS RESOURCES [NAME...] [-n NAMESPACE | -A]`, as in `get,list pods,pods/log -n shop`, or `get /metrics`. Resources
 * that Kubernetes does not bring itself need their group: `widgets.acme.example`.
 */
export function readGrant(text: string, catalogue: ApiCatalogue = builtInCatalogue()): Grant {
  const fail = (why: string): RampartError => new RampartError('usage', `--can '${text}': ${why}`)
  const words = text.trim().split(/\s+/)
  const { namespace, rest } = takeNamespace(words, fail)
  const [verbs = '', things = '', ...names] = rest
  if (verbs === '' || things === '') throw fail("write it as 'get,list pods -n shop'")
  const asked = { verbs: list(verbs), names }
  if (things.startsWith('/')) {
    if (names.length > 0 || namespace !== undefined) throw fail('a URL has neither names nor a namespace')
    return { ...asked, resources: [], urls: list(things), namespace: '' }
  }
  const found = list(things).map((thing) => resourceOf(thing, catalogue, fail))
  const inCluster = found.filter(({ namespaced }) => namespaced === false)
  if (namespace === undefined && inCluster.length < found.length)
    throw fail('say in which namespace (-n NAME), or in all of them (-A)')
  if (namespace !== undefined && namespace !== '' && inCluster.length > 0)
    throw fail(`${inCluster.map(({ resource }) => resource).join(', ')} has no namespace: leave out -n`)
  const resources = found.map(({ group, resource }) => ({ group, resource }))
  return { ...asked, resources, urls: [], namespace: namespace ?? '' }
}

type Fail = (why: string) => RampartError

function takeNamespace(
  words: readonly string[],
  fail: Fail,
): { readonly namespace: string | undefined; readonly rest: readonly string[] } {
  const rest: string[] = []
  let namespace: string | undefined
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const joined = /^(?:-n|--namespace=)(.+)$/.exec(word)?.[1]
    if (word === '-A' || word === '--all-namespaces') namespace = ''
    else if (word === '-n' || word === '--namespace') namespace = words[(at += 1)] ?? ''
    else if (joined !== undefined) namespace = joined
    else if (word.startsWith('-')) throw fail(`\`${word}\` is no option here`)
    else rest.push(word)
    if (/^(?:-n|--namespace)/.test(word) && !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(namespace ?? ''))
      throw fail('-n needs the name of a namespace')
  }
  return { namespace, rest }
}

function list(text: string): string[] {
  return [...new Set(text.split(',').filter((part) => part !== ''))]
}

function resourceOf(
  text: string,
  catalogue: ApiCatalogue,
  fail: Fail,
): { readonly group: string; readonly resource: string; readonly namespaced: boolean | undefined } {
  const [thing = '', ...sub] = text.split('/')
  const behind = sub.length === 0 ? '' : `/${sub.join('/')}`
  const found = resolveResource(thing, catalogue)
  if (found.known) {
    const { group, resource, definition } = found
    return {
      group: thing === '*' ? '*' : group,
      resource: `${resource}${behind}`,
      namespaced: definition?.namespaced,
    }
  }
  const [name = '', ...group] = thing.split('.')
  if (group.length > 0) return { group: group.join('.'), resource: `${name}${behind}`, namespaced: undefined }
  const meant = found.candidates.length === 0 ? '' : `; did you mean ${found.candidates.join(', ')}?`
  throw fail(`Kubernetes has no resource \`${thing}\`; write others with their group${meant}`)
}
