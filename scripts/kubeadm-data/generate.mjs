// Makes data/kubeadm.json, what kubeadm of each minor brings, from the published modules:
//   node scripts/kubeadm-data/generate.mjs 1.36.3 [...]
// Needs Go (for `go mod download`) and the Go module proxy; the result is committed, so that nothing else needs them.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const target = path.join(import.meta.dirname, '../../data/kubeadm.json')

function versions(version) {
  const info = JSON.parse(
    execFileSync('go', ['mod', 'download', '-json', `k8s.io/kubernetes@v${version}`], { encoding: 'utf8' }),
  )
  const text = readFileSync(path.join(info.Dir, 'cmd/kubeadm/app/constants/constants.go'), 'utf8')
  const constant = (name) => new RegExp(`\\b${name}\\s*=\\s*"([^"]+)"`).exec(text)?.[1]
  const minExternalEtcd = constant('MinExternalEtcdVersion')
  return {
    minor: version.split('.').slice(0, 2).join('.'),
    kubeadm: version,
    etcd: constant('DefaultEtcdVersion'),
    ...(minExternalEtcd === undefined ? {} : { minExternalEtcd }),
    coredns: constant('CoreDNSVersion'),
    pause: constant('PauseVersion'),
  }
}

const rows = process.argv.slice(2).map(versions)
if (rows.length === 0 || rows.some(({ etcd, coredns, pause }) => !etcd || !coredns || !pause)) {
  throw new Error('name versions, as 1.36.3; or the constants of one were not found')
}
writeFileSync(
  target,
  `${JSON.stringify(
    {
      about:
        'What kubeadm of each minor makes of a local etcd, and the oldest external etcd that it accepts.',
      source: 'k8s.io/kubernetes cmd/kubeadm/app/constants/constants.go of the version that each row names',
      releases: rows,
    },
    null,
    2,
  )}\n`,
)
