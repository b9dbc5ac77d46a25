import { asObject, asString, field, unknown, type JsonPath, type JsonValue } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { containerdWith, criV2 } from './example-containerd.js'
import { criIsOff } from './judge-cri.js'

const CREDENTIALS = ['password', 'auth', 'identitytoken']

export const containerdRegistryAuthInConfig = defineCheck({
  id: 'containerd-registry-auth-in-config',
  title: 'Passwords for registries stand in a file that others than root may read',
  severity: 'medium',
  because:
    'every user of the host, and every pod that mounts /etc, fetches and perhaps pushes images with them',
  reach: 'host',
  appliesTo: 'containerd',
  why: 'config.toml is readable by everybody on most hosts. Credentials in it are those of the whole node.',
  references: ['https://github.com/containerd/containerd/blob/main/docs/cri/registry.md'],
  evaluate(subject, report) {
    if (criIsOff(subject, report)) return
    const { containerd } = subject
    for (const gap of containerd.gaps) report.unknown(gap)
    const configs: JsonPath = containerd.criPath('images', ['registry', 'configs'])
    for (const { layer, value } of containerd.layersOf(configs)) {
      for (const [registry, config] of Object.entries(asObject(value))) {
        const key = credentialOf(field(config, 'auth'))
        if (key === undefined) continue
        const origin = containerd.origin(layer, [...configs, registry, 'auth', key])
        const mode = containerd.host.files.get(layer.file)?.mode
        if (mode === undefined) {
          report.unknown(
            unknown(
              'no-source',
              `the mode of \`${layer.file}\`, which holds a password for a registry, was not seen`,
              origin,
            ),
          )
        } else if ((mode & 0o077) !== 0) {
          report.fail(
            { origin, message: `\`${key}\` for \`${registry}\` in a file of mode ${mode.toString(8)}` },
            {
              message: `\`${layer.file}\` (mode ${mode.toString(8)}) holds the credential for \`${registry}\``,
              fix: {
                ...advice(
                  `Take the \`auth\` section out and give credentials by imagePullSecrets or a credential provider of the kubelet; until then \`chmod 600 ${layer.file}\`. Replace the credential: it was readable.`,
                  { breaks: 'pulls that rely on the credential of the node' },
                ),
                commands: [`chmod 600 ${layer.file}`],
              },
            },
          )
        }
      }
    }
  },
  examples: {
    bad: containerdWith('', {
      '/etc/containerd/config.toml': {
        text: criV2(
          '[plugins."io.containerd.grpc.v1.cri".registry.configs."registry.example".auth]\n  username = "node"\n  password = "example"',
        ),
        mode: 0o644,
      },
    }),
    good: containerdWith('', { '/etc/containerd/config.toml': { text: criV2(''), mode: 0o644 } }),
  },
})

function credentialOf(auth: JsonValue | undefined): string | undefined {
  return CREDENTIALS.find((key) => (asString(field(auth, key)) ?? '') !== '')
}
