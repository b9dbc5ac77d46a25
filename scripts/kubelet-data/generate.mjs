// Makes data/kubelet/MINOR.json from the published Go modules: node scripts/kubelet-data/generate.mjs 1.36.2 [...]
// Needs Go and the Go module proxy; the results are committed, so that nothing else needs them.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const here = import.meta.dirname
const target = join(here, '../../data/kubelet')
const versions = process.argv.slice(2)
if (versions.length === 0) throw new Error('name at least one version, for instance 1.36.2')

for (const version of versions) {
  const folder = mkdtempSync(join(tmpdir(), 'kubelet-data-'))
  try {
    const known = dump(version, folder)
    mkdirSync(target, { recursive: true })
    const source = `k8s.io/kubernetes v${version}: kubelet/config/v1beta1, cmd/kubelet/app/options, pkg/features`
    const text = JSON.stringify({ kubernetes: version, source, ...sorted(known) }, null, 1)
    writeFileSync(join(target, `${version.split('.').slice(0, 2).join('.')}.json`), `${text}\n`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Links dump.go with one version of Kubernetes and runs it. */
function dump(version, folder) {
  const go = (...args) => execFileSync('go', args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 })
  const module = JSON.parse(go('mod', 'download', '-json', `k8s.io/kubernetes@v${version}`))
  const staging = version.replace(/^1\./, '0.')
  const replaced = [...readFileSync(module.GoMod, 'utf8').matchAll(/^\s*(k8s\.io\/\S+) => \.\/staging/gm)]
  const lines = replaced.map(([, name]) => `replace ${name} => ${name} v${staging}`)
  const head = ['module dump', 'go 1.24.0', `require k8s.io/kubernetes v${version}`]
  writeFileSync(join(folder, 'go.mod'), [...head, ...lines, ''].join('\n'))
  copyFileSync(join(here, 'dump.go'), join(folder, 'dump.go'))
  go('mod', 'tidy', '-e')
  return JSON.parse(go('run', '.'))
}

/** Keys in order, so that the same input gives the same bytes; lists keep theirs. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  )
}
