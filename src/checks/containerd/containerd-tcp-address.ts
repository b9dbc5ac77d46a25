import { asString } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { changeToml } from './change-toml.js'
import { containerdWith } from './example-containerd.js'

export const containerdTcpAddress = defineCheck({
  id: 'containerd-tcp-address',
  title: 'containerd answers on a TCP port',
  severity: 'critical',
  because:
    'whoever reaches the port starts a privileged container and is root; high on a loopback address, medium while it serves nothing or asks for certificates',
  reach: 'unauthenticated',
  appliesTo: 'containerd',
  why: 'The API of containerd asks nobody who they are. Its Unix socket has a mode as its barrier; a TCP port has none, unless client certificates are asked for.',
  references: [
    'https://github.com/containerd/containerd/blob/main/docs/man/containerd-config.toml.5.md',
    'https://github.com/containerd/containerd/blob/main/docs/cri/config.md',
  ],
  evaluate({ containerd }, report) {
    const address = containerd.setting(['grpc', 'tcp_address'])
    const off = containerd.cri('server', ['disable_tcp_service'])
    if (!address.known) return report.unknown(address)
    if (!off.known) return report.unknown(off)
    const shown = asString(address.value) ?? ''
    // Source: containerd v1.7.28 services/server/server.go: without an address no TCP server listens, and of the
    // services of containerd only that of Kubernetes registers there, unless disable_tcp_service (true by default).
    if (shown === '') {
      if (off.value !== false || containerd.criOff !== undefined) return
      report.fail(
        {
          origin: off.origin,
          key: `${containerd.path} disable_tcp_service`,
          message: '`disable_tcp_service` is `false`',
        },
        {
          severity: 'low',
          because: 'no `tcp_address` is set, so that nothing listens yet',
          message: 'containerd would serve Kubernetes on TCP as soon as a `tcp_address` is set',
          reach: 'host',
          fix: changeToml(
            containerd,
            containerd.criPath('server', ['disable_tcp_service']),
            'true',
            off.origin,
          ),
        },
      )
      return
    }
    const ca = containerd.setting(['grpc', 'tcp_tls_ca'])
    const verifies = ca.known && typeof ca.value === 'string' && ca.value !== ''
    const serves = off.value === false && containerd.criOff === undefined
    const loopback = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\]):\d+$/.test(shown)
    const medium = verifies || !serves
    report.fail(
      {
        origin: address.origin,
        key: `${containerd.path} grpc.tcp_address`,
        message: `\`tcp_address\` is \`${shown}\``,
      },
      {
        severity: medium ? 'medium' : loopback ? 'high' : 'critical',
        ...(medium
          ? {
              because: verifies
                ? 'client certificates are asked for (`tcp_tls_ca`)'
                : '`disable_tcp_service` keeps the API of Kubernetes off this port',
            }
          : loopback
            ? {
                because: 'every user of this host, and every container on its network, is root then',
                reach: 'host' as const,
              }
            : {}),
        message: `containerd answers on \`${shown}\``,
        fix: changeToml(
          containerd,
          ['grpc', 'tcp_address'],
          '""',
          address.origin,
          'clients that use the TCP address',
        ),
      },
    )
  },
  examples: {
    bad: containerdWith(`version = 2

[grpc]
  tcp_address = "0.0.0.0:10000"

[plugins."io.containerd.grpc.v1.cri"]
  disable_tcp_service = false
`),
    good: containerdWith(`version = 2

[grpc]
  address = "/run/containerd/containerd.sock"
`),
  },
})
