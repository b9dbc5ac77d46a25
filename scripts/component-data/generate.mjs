// Makes data/components/MINOR.json, the flags and admission plug-ins of a Kubernetes version, from its published modules:
//   node scripts/component-data/generate.mjs 1.36.3 [...]
// Needs Go (for `go mod download`) and the Go module proxy; the results are committed, so that nothing else needs them.
//
// What a component of 1.36 takes is known from the component itself (data/flags-1.36.json). The sources of another version
// are compared with those of 1.36: a flag that they no longer register is left out, one that they register besides is
// added. Flags whose names the sources make from pieces are kept as long as the pieces are there.
// `published` is when the version was published.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const BASE = '1.36.3'
const root = path.join(import.meta.dirname, '../..')
const target = path.join(root, 'data/components')
const known = JSON.parse(readFileSync(path.join(root, 'data/flags-1.36.json'), 'utf8')).components

/** Where the flags of a component are registered: module and folder. */
const GENERIC = [
  'apiserver/pkg/server/options',
  'component-base/logs/api/v1',
  'component-base/compatibility',
  // Until 1.32 these held what component-base/compatibility does now.
  'component-base/featuregate',
  'apiserver/pkg/util/version',
  'component-base/metrics',
]
const CONTROLLERS = ['controller-manager/options', 'component-base/config/options']
const FOLDERS = {
  'kube-apiserver': [
    ...GENERIC,
    'kubernetes/cmd/kube-apiserver/app/options',
    'kubernetes/pkg/controlplane/apiserver/options',
    'kubernetes/pkg/kubeapiserver/options',
    'apiserver/pkg/admission',
  ],
  'kube-controller-manager': [
    ...GENERIC,
    ...CONTROLLERS,
    'kubernetes/cmd/kube-controller-manager/app/options',
    'cloud-provider/options',
    'controller-manager/pkg/leadermigration/options',
    'kubernetes/pkg/controller/volume/persistentvolume/options',
  ],
  'kube-scheduler': [...GENERIC, ...CONTROLLERS, 'kubernetes/cmd/kube-scheduler/app/options'],
  'kube-proxy': ['kubernetes/cmd/kube-proxy/app', 'component-base/logs/api/v1', 'component-base/metrics'],
}

/** The sources of one version, as its modules hold them. */
class Sources {
  #version
  #folders = new Map()

  constructor(version) {
    this.#version = version
    const info = this.#download('kubernetes')
    this.published = JSON.parse(readFileSync(info.Info, 'utf8')).Time.slice(0, 10)
  }

  /** The Go texts of a folder and those below it, without tests; none where this version has no such folder. */
  texts(folder) {
    const [module, ...rest] = folder.split('/')
    return goFiles(path.join(this.#download(module).Dir, ...rest))
  }

  /** Admission plug-ins in their order, and those that are on unless switched off. */
  admission() {
    const [plugins = ''] = this.texts('kubernetes/pkg/kubeapiserver/options').filter((text) =>
      text.includes('AllOrderedPlugins = '),
    )
    const order = [...listAfter(plugins, 'AllOrderedPlugins = []string{', '\n}')]
    const on = new Set(listAfter(plugins, 'defaultOnPlugins := sets.New', '\n\t)'))
    const name = (alias) => this.#pluginName(plugins, alias)
    return { order: order.map(name), on: order.filter((alias) => on.has(alias)).map(name) }
  }

  #pluginName(plugins, alias) {
    const imported = [...plugins.matchAll(/^\t(?:(\w+) )?"k8s\.io\/([^"]+)"/gm)].find(
      ([, given, folder]) => (given ?? folder.split('/').at(-1)) === alias,
    )
    const [, found] =
      this.texts(imported?.[2] ?? '')
        .map((text) => /\bPluginName\s*=\s*"(\w+)"/.exec(text))
        .find((match) => match !== null) ?? []
    if (found === undefined) throw new Error(`v${this.#version}: no name of the plug-in ${alias}`)
    return found
  }

  #download(module) {
    const found = this.#folders.get(module)
    if (found !== undefined) return found
    const version = module === 'kubernetes' ? this.#version : this.#version.replace(/^1\./, '0.')
    const text = execFileSync('go', ['mod', 'download', '-json', `k8s.io/${module}@v${version}`], {
      encoding: 'utf8',
      cwd: '/',
    })
    const downloaded = JSON.parse(text)
    this.#folders.set(module, downloaded)
    return downloaded
  }
}

function goFiles(folder) {
  let entries
  try {
    entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.go') && !entry.name.endsWith('_test.go'))
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
}

/** The packages whose PluginName stands in a list of the source. */
function listAfter(text, start, end) {
  const from = text.indexOf(start)
  if (from < 0) throw new Error(`\`${start}\` is not there`)
  return [...text.slice(from, text.indexOf(end, from)).matchAll(/^\t+(\w+)\.PluginName,/gm)].map(
    ([, alias]) => alias,
  )
}

/** Types of flags by the method that registers them; others are named by the value's own type. */
const TYPES = {
  Bool: 'bool',
  Duration: 'duration',
  Float32: 'float32',
  Float64: 'float',
  Int: 'int',
  Int32: 'int32',
  Int64: 'int64',
  String: 'string',
  StringArray: 'stringArray',
  StringSlice: 'strings',
  IP: 'ip',
}

/** Flags that a component's folders register by a literal name: a map to type. */
function registered(component, sources) {
  const found = new Map()
  for (const text of FOLDERS[component].flatMap((folder) => sources.texts(folder)))
    for (const [, method, name] of text.matchAll(/\.(\w*)VarP?F?\(\s*[^,"\n]+,\s*"([a-z0-9][a-z0-9-]*)"/g))
      found.set(name, TYPES[method] ?? 'other')
  return found
}

/** Pieces of which the sources make names: any literal of lower-case words. */
function pieces(component, sources) {
  const texts = FOLDERS[component].flatMap((folder) => sources.texts(folder)).join('\n')
  return new Set([...texts.matchAll(/"(?:%s)?([a-z0-9-]+)(?:%s)?"/g)].map(([, word]) => word))
}

function flagsOf(component, sources) {
  const now = registered(component, sources)
  const then = registered(component, base)
  const from = known[component]
  if (from === undefined) return sorted(now)
  const words = pieces(component, sources)
  const baseWords = pieces(component, base)
  const stays = (name) => {
    if (EVERYWHERE.has(name)) return true
    if (then.has(name)) return now.has(name)
    return [...baseWords].every((word) => !isPieceOf(word, name) || words.has(word))
  }
  const kept = Object.entries(from).filter(([name]) => stays(name))
  const added = [...now].filter(([name]) => !then.has(name) && !(name in from))
  return sorted([...kept.map(([name, { type }]) => [name, type]), ...added])
}

/** Every component has these since ever; the words occur in too many places to be looked for. */
const EVERYWHERE = new Set(['help', 'version'])

function isPieceOf(word, name) {
  return word.length > 3 && (name === word || name.startsWith(word) || name.endsWith(word))
}

function sorted(pairs) {
  return Object.fromEntries([...pairs].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** One line a flag or list: the difference of two versions is read line by line. */
function lines(value, depth) {
  if (Array.isArray(value) || typeof value !== 'object') return JSON.stringify(value)
  const indent = ' '.repeat(depth + 1)
  const inner = Object.entries(value).map(
    ([key, each]) => `${indent}${JSON.stringify(key)}: ${lines(each, depth + 1)}`,
  )
  return `{\n${inner.join(',\n')}\n${' '.repeat(depth)}}`
}

const versions = process.argv.slice(2)
if (versions.length === 0) throw new Error('name at least one version, for instance 1.36.3')
mkdirSync(target, { recursive: true })
const base = new Sources(BASE)
for (const version of versions) {
  const sources = version === BASE ? base : new Sources(version)
  const components = Object.fromEntries(
    Object.keys(FOLDERS).map((component) => [component, flagsOf(component, sources)]),
  )
  const source = `k8s.io/kubernetes v${version} and its staging modules: options of each component, pkg/kubeapiserver/options/plugins.go`
  const file = path.join(target, `${version.split('.').slice(0, 2).join('.')}.json`)
  const content = {
    kubernetes: version,
    published: sources.published,
    source,
    components,
    admission: sources.admission(),
  }
  writeFileSync(file, `${lines(content, 0)}\n`)
  console.log(
    `${file}: ${Object.entries(components)
      .map(([name, flags]) => `${name} ${Object.keys(flags).length}`)
      .join(', ')}`,
  )
}
