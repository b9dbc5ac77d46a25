// Makes data/api-resources/MINOR.json, the built-in API resources of a Kubernetes version:
//   node scripts/api-resources/generate.mjs 1.36.3 [...]
// Needs Go and the Go module proxy; the results are committed, so that nothing else needs them.
// Source: api/discovery of each version: what a kube-apiserver with every API version switched on and every feature
// gate on tells in its discovery (hack/update-openapi-spec.sh writes these files and a check of the project holds
// them current). Which versions are on by default: pkg/controlplane/instance.go, DefaultAPIResourceConfigSource.
//
// A resource's line leaves out what follows from the rest: `singular` is the kind in lower case, `versions` are all
// of the group, `verbs` are the eight of ORDINARY_VERBS; a subresource `status` has the kind of its resource and the
// verbs get, patch, update. A subresource is [name, kind or GROUP/VERSION/KIND, verbs].
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const ORDINARY_VERBS = 'create,delete,deletecollection,get,list,patch,update,watch'
const STATUS_VERBS = 'get,patch,update'
const target = join(import.meta.dirname, '../../data/api-resources')
const versions = process.argv.slice(2)
if (versions.length === 0) throw new Error('name at least one version, for instance 1.36.3')
mkdirSync(target, { recursive: true })

/** The resources of a group's versions; those that are the same in several versions are one entry. */
class ResourcesOfVersions {
  #byText = new Map()

  add(version, resource) {
    const short = shortened(resource)
    const text = JSON.stringify(short)
    const known = this.#byText.get(text) ?? { resource: short, versions: [] }
    known.versions.push(version)
    this.#byText.set(text, known)
  }

  list(all) {
    return [...this.#byText.values()]
      .sort((a, b) => (a.resource.name < b.resource.name ? -1 : a.resource.name > b.resource.name ? 1 : 0))
      .map(({ resource, versions }) =>
        versions.length === all.length ? resource : { ...resource, versions },
      )
  }
}

for (const version of versions) {
  const module = JSON.parse(
    execFileSync('go', ['mod', 'download', '-json', `k8s.io/kubernetes@v${version}`], {
      cwd: target,
      encoding: 'utf8',
    }),
  )
  const read = (file) => readFileSync(join(module.Dir, file), 'utf8')
  onlyStableByDefault(read('pkg/controlplane/instance.go'))
  const discovery = (name) => JSON.parse(read(`api/discovery/${name}.json`))
  const groups = [coreGroup(discovery('api__v1')), ...discovery('aggregated_v2').items.map(groupOf)]
  const date = JSON.parse(readFileSync(module.Info, 'utf8')).Time.slice(0, 10)
  const text = `{
 "kubernetes": ${JSON.stringify(version)},
 "released": ${JSON.stringify(date)},
 "source": "k8s.io/kubernetes v${version} api/discovery",
 "holds": "built-in resources with every API version on; a server serves alpha and beta versions only where --runtime-config switches them on",
 "groups": [
${groups.map(lineOfGroup).join(',\n')}
 ]
}
`
  writeFileSync(join(target, `${version.split('.').slice(0, 2).join('.')}.json`), text)
  const count = groups.reduce((sum, group) => sum + group.resources.length, 0)
  console.log(`${version}: ${groups.length} groups, ${count} resources, ${text.length} bytes`)
}

/** One resource a line: a difference between versions can be read. */
function lineOfGroup({ name, versions, resources }) {
  const lines = resources.map((resource) => `   ${JSON.stringify(resource)}`).join(',\n')
  return `  {"name":${JSON.stringify(name)},"versions":${JSON.stringify(versions)},"resources":[\n${lines}]}`
}

/** The data says nothing of what is on by default, since the version's name tells it. This fails when that ends. */
function onlyStableByDefault(source) {
  const lists = [...source.matchAll(/EnabledByDefault = \[\]schema\.[A-Za-z]+\{([^}]*)\}/g)]
  if (lists.length === 0 || lists.some(([, list]) => /v\d+(alpha|beta)\d+/.test(list))) {
    throw new Error('instance.go enables something by default that is not stable; teach this script')
  }
}

/** /api/v1 has the old form: subresources are entries named RESOURCE/SUBRESOURCE. */
function coreGroup({ resources }) {
  const merged = new ResourcesOfVersions()
  for (const resource of resources.filter(({ name }) => !name.includes('/'))) {
    const of = `${resource.name}/`
    merged.add('v1', {
      name: resource.name,
      singular: resource.singularName,
      kind: resource.kind,
      namespaced: resource.namespaced,
      shortNames: resource.shortNames,
      categories: resource.categories,
      verbs: resource.verbs,
      subresources: resources
        .filter(({ name }) => name.startsWith(of))
        .map(({ name, group, version, kind, verbs }) => ({
          name: name.slice(of.length),
          group,
          version,
          kind,
          verbs,
        })),
    })
  }
  return { name: '', versions: ['v1'], resources: merged.list(['v1']) }
}

function groupOf({ metadata, versions }) {
  const merged = new ResourcesOfVersions()
  for (const { version, resources } of versions) {
    for (const resource of resources) {
      merged.add(version, {
        name: resource.resource,
        singular: resource.singularResource,
        kind: resource.responseKind.kind,
        namespaced: resource.scope === 'Namespaced',
        shortNames: resource.shortNames,
        categories: resource.categories,
        verbs: resource.verbs,
        subresources: (resource.subresources ?? []).map(({ subresource, responseKind, verbs }) => ({
          name: subresource,
          ...responseKind,
          verbs,
        })),
      })
    }
  }
  const names = versions.map(({ version }) => version)
  return { name: metadata.name, versions: names, resources: merged.list(names) }
}

function shortened({ name, singular, kind, namespaced, shortNames, categories, verbs, subresources }) {
  const verbText = verbs.join(',')
  return {
    name,
    kind,
    namespaced,
    ...(singular === kind.toLowerCase() ? {} : { singular }),
    ...(shortNames === undefined ? {} : { shortNames }),
    ...(categories === undefined ? {} : { categories }),
    ...(verbText === ORDINARY_VERBS ? {} : { verbs: verbText }),
    ...(subresources.length === 0
      ? {}
      : { subresources: subresources.map((sub) => shortSubresource(sub, kind)) }),
  }
}

function shortSubresource({ name, group, version, kind, verbs }, parentKind) {
  const ofParent = (group ?? '') === '' && (version ?? '') === ''
  const verbText = verbs.join(',')
  if (name === 'status' && ofParent && kind === parentKind && verbText === STATUS_VERBS) return 'status'
  return [name, ofParent ? kind : `${group ?? ''}/${version ?? ''}/${kind}`, verbText]
}
