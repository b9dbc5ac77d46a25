// Makes data/kubeadm-flags.json, the flags that kubeadm of each minor gives the components of a control plane, from the
// published modules:
//   node scripts/kubeadm-data/generate-flags.mjs 1.31.14 [...], the oldest first
// Needs Go (for `go mod download`) and the Go module proxy; the result is committed, so that nothing else needs them.
// What depends on more than ClusterConfiguration is null. What kubeadm decides with an `if` is in src/kube/kubeadm-flags.ts.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const target = path.join(import.meta.dirname, '../../data/kubeadm-flags.json')

const COMMANDS = [
  ['kube-apiserver', 'phases/controlplane/manifests.go', 'getAPIServerCommand'],
  ['kube-controller-manager', 'phases/controlplane/manifests.go', 'getControllerManagerCommand'],
  ['kube-scheduler', 'phases/controlplane/manifests.go', 'getSchedulerCommand'],
  ['etcd', 'phases/etcd/local.go', 'getEtcdCommand'],
]

const FIELDS = {
  'cfg.CertificatesDir': 'certificatesDir',
  'cfg.Networking.ServiceSubnet': 'networking.serviceSubnet',
  'cfg.Networking.DNSDomain': 'networking.dnsDomain',
  'cfg.Etcd.Local.DataDir': 'etcd.local.dataDir',
}

function flagsOf(version) {
  const info = JSON.parse(
    execFileSync('go', ['mod', 'download', '-json', `k8s.io/kubernetes@v${version}`], { encoding: 'utf8' }),
  )
  const source = (file) => readFileSync(path.join(info.Dir, 'cmd/kubeadm/app', file), 'utf8')
  const constants = source('constants/constants.go')
  return Object.fromEntries(
    COMMANDS.map(([component, file, name]) => [
      component,
      baseArguments(bodyOf(source(file), name), constants),
    ]),
  )
}

function bodyOf(text, name) {
  const body = new RegExp(`^func ${name}\\([\\s\\S]*?^}`, 'm').exec(text)?.[0]
  if (body === undefined) throw new Error(`${name} was not found`)
  return body
}

/** The list that the function begins with. */
function baseArguments(body, constants) {
  const list = /defaultArguments := \[\]kubeadmapi\.Arg\{\n([\s\S]*?)\n\t\}/.exec(body)?.[1]
  if (list === undefined) throw new Error('the list of arguments was not found')
  const variables = Object.fromEntries(
    [...body.matchAll(/^\t(\w+) := (filepath\.Join\(.*\))$/gm)].map(([, name, value]) => [name, value]),
  )
  return Object.fromEntries(
    [...list.matchAll(/\{Name: "([^"]+)", Value: (.*)\},$/gm)].map(([, name, value]) => [
      name,
      template(value, variables, constants) ?? null,
    ]),
  )
}

/** A Go expression as a text with `{fields.of.ClusterConfiguration}` in it; undefined for what a node decides. */
function template(expression, variables, constants) {
  const inner = (each) => template(each, variables, constants)
  const literal = /^"([^"]*)"$/.exec(expression)?.[1]
  if (literal !== undefined) return literal
  if (expression in variables) return inner(variables[expression])
  if (expression in FIELDS) return `{${FIELDS[expression]}}`
  const constant = /^kubeadmconstants\.(\w+)$/.exec(expression)?.[1]
  if (constant !== undefined) return new RegExp(`\\b${constant}\\s*=\\s*"([^"]+)"`).exec(constants)?.[1]
  const joined = /^filepath\.Join\((\S+), (\S+)\)$/.exec(expression)
  if (joined !== null) {
    const parts = joined.slice(1).map(inner)
    return parts.includes(undefined) ? undefined : parts.join('/')
  }
  const printed = /^fmt\.Sprintf\("([^"%]*)%s([^"%]*)", (\S+)\)$/.exec(expression)
  const value = printed === null ? undefined : inner(printed[3])
  return value === undefined ? undefined : `${printed[1]}${value}${printed[2]}`
}

const versions = process.argv.slice(2)
if (versions.length === 0) throw new Error('name versions, as 1.36.3')
const releases = versions
  .map((version) => ({
    minor: version.split('.').slice(0, 2).join('.'),
    kubeadm: version,
    flags: flagsOf(version),
  }))
  .map(({ flags, ...release }, index, all) =>
    JSON.stringify(flags) === JSON.stringify(all[index - 1]?.flags) ? release : { ...release, flags },
  )
writeFileSync(
  target,
  `${JSON.stringify(
    {
      about:
        'The flags that kubeadm of each minor gives the components of a control plane; null where the node decides. A release without flags has those of the one before.',
      source:
        'k8s.io/kubernetes cmd/kubeadm/app/phases/controlplane/manifests.go and phases/etcd/local.go of the version that each row names',
      releases,
    },
    null,
    2,
  )}\n`,
)
