import { asObject, asString, asStrings, field, type JsonPath, type Origin } from '../../model/index.js'
import { registryFolders, registryHosts } from '../../runtimes/index.js'
import { defineCheck, type ContainerdSubject, type Report } from '../define-check.js'
import { advice } from '../precondition.js'
import { containerdWith, criV2 } from './example-containerd.js'
import { criIsOff } from './judge-cri.js'

export const containerdRegistryInsecure = defineCheck({
  id: 'containerd-registry-insecure',
  title: 'containerd fetches images from a server that it does not verify',
  severity: 'high',
  because: 'whoever stands between gives the node images of their own; low on a loopback address',
  reach: 'unauthenticated',
  appliesTo: 'containerd',
  why: 'Without TLS, or with `skip_verify`, anybody on the way answers in place of the registry: what they give runs, and the password for the registry is theirs.',
  references: [
    'https://github.com/containerd/containerd/blob/main/docs/hosts.md',
    'https://github.com/containerd/containerd/blob/main/docs/cri/config.md',
  ],
  evaluate(subject, report) {
    if (criIsOff(subject, report)) return
    const { containerd } = subject
    for (const gap of containerd.gaps) report.unknown(gap)
    const folders = containerd.cri('images', ['registry', 'config_path'])
    if (!folders.known) return report.unknown(folders)
    const { hosts, gaps } = registryHosts(containerd.host, registryFolders(containerd))
    for (const gap of gaps) report.unknown(gap)
    for (const { url, skipVerify, layer, path } of hosts) {
      const origin = containerd.origin(layer, skipVerify ? [...path, 'skip_verify'] : path)
      if (skipVerify || url.startsWith('http://')) failFor(report, url, skipVerify, origin)
    }
    // With a folder of hosts.toml the older settings are refused.
    if (hosts.length === 0) olderSettings(subject, report)
  },
  examples: {
    bad: containerdWith(
      criV2('  [plugins."io.containerd.grpc.v1.cri".registry]\n    config_path = "/etc/containerd/certs.d"'),
      {
        '/etc/containerd/certs.d/registry.example/hosts.toml':
          '[host."https://registry.example"]\n  skip_verify = true\n',
      },
    ),
    good: containerdWith(
      criV2('  [plugins."io.containerd.grpc.v1.cri".registry]\n    config_path = "/etc/containerd/certs.d"'),
      {
        '/etc/containerd/certs.d/registry.example/hosts.toml':
          '[host."https://registry.example"]\n  ca = "/etc/ssl/registry.pem"\n',
      },
    ),
  },
})

function olderSettings({ containerd }: ContainerdSubject, report: Report): void {
  const registry = (path: JsonPath): JsonPath => containerd.criPath('images', ['registry', ...path])
  for (const { layer, value } of containerd.layersOf(registry(['configs']))) {
    for (const [name, config] of Object.entries(asObject(value))) {
      if (field(field(config, 'tls'), 'insecure_skip_verify') !== true) continue
      failFor(
        report,
        name,
        true,
        containerd.origin(layer, registry(['configs', name, 'tls', 'insecure_skip_verify'])),
      )
    }
  }
  for (const { layer, value } of containerd.layersOf(registry(['mirrors']))) {
    for (const [name, mirror] of Object.entries(asObject(value))) {
      for (const url of asStrings(field(mirror, 'endpoint'))) {
        if (url.startsWith('http://'))
          failFor(report, url, false, containerd.origin(layer, registry(['mirrors', name, 'endpoint'])))
      }
    }
  }
}

function failFor(report: Report, url: string, skipVerify: boolean, origin: Origin): void {
  const host = url.replace(/^https?:\/\//, '')
  const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?(?:\/|$)/.test(host)
  const how = skipVerify ? 'without verifying its certificate' : 'without TLS'
  report.fail(
    {
      origin,
      key: `${asString('file' in origin ? origin.file : '') ?? ''} ${host}`,
      message: `\`${url}\` is used ${how}`,
    },
    {
      ...(loopback
        ? {
            severity: 'low' as const,
            because: 'it is a loopback address: only this host can answer',
            reach: 'host' as const,
          }
        : {}),
      message: `images come from \`${host}\` ${how}`,
      fix: advice(
        skipVerify
          ? `Give the registry a certificate of a known authority, or name its own with \`ca = "/path/ca.pem"\`, and take out \`skip_verify\`${'file' in origin ? ` in ${origin.file}` : ''}. hosts.toml counts at once; config.toml needs \`systemctl restart containerd\`.`
          : `Use \`https://${host}\`${'file' in origin ? ` in ${origin.file}` : ''}, with \`ca\` where its authority is your own. hosts.toml counts at once; config.toml needs \`systemctl restart containerd\`.`,
        { breaks: 'images of that registry until its certificate is right' },
      ),
    },
  )
}
