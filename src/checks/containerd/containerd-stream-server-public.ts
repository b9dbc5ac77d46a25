import { asString } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { containerdWith, criV2 } from './example-containerd.js'
import { judgeCri } from './judge-cri.js'

export const containerdStreamServerPublic = defineCheck({
  id: 'containerd-stream-server-public',
  title: 'exec and attach go through a port that is open to others, without TLS',
  severity: 'high',
  because: 'sessions are read and changed on the way; an address of a session is its only secret',
  reach: 'unauthenticated',
  appliesTo: 'containerd',
  why: 'The kubelet fetches exec, attach and port-forward from a stream server of containerd. It listens on the loopback address by default. On another one, without TLS, others read what people type into containers.',
  references: ['https://github.com/containerd/containerd/blob/main/docs/cri/config.md'],
  evaluate(subject, report) {
    const tls = subject.containerd.cri('server', ['enable_tls_streaming'])
    judgeCri(subject, report, 'server', ['stream_server_address'], (value) => {
      if (value === null) return undefined
      const address = asString(value) ?? ''
      if (/^(?:127\.\d+\.\d+\.\d+|::1|localhost)$/.test(address)) return undefined
      if (tls.known && tls.value === true) return undefined
      return {
        // Source: containerd v1.7.28 pkg/cri/server/streaming.go: an empty address is that of the default route.
        message: `the stream server listens on ${address === '' ? 'the address of the default route' : `\`${address}\``} without TLS`,
        value: '"127.0.0.1"',
        breaks: 'clients that are redirected to the runtime (kubelets before 1.18)',
      }
    })
  },
  examples: {
    bad: containerdWith(criV2('  stream_server_address = "0.0.0.0"')),
    good: containerdWith(criV2('  stream_server_address = "127.0.0.1"')),
  },
})
