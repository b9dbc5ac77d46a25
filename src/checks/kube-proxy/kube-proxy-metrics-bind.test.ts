import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeProxyWith, kubeProxyWithFlags } from './example-kube-proxy.js'
import { kubeProxyMetricsBind } from './kube-proxy-metrics-bind.js'

checkTests(kubeProxyMetricsBind, [
  {
    name: 'every address',
    kind: 'failing',
    given: kubeProxyWith('metricsBindAddress: 0.0.0.0:10249'),
    expect: [{ result: 'fail', severity: 'low', path: 'metricsBindAddress', message: /0\.0\.0\.0:10249/ }],
  },
  {
    name: 'by a flag',
    kind: 'failing',
    given: kubeProxyWithFlags('--metrics-bind-address=:10249'),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'as kubeadm leaves it',
    kind: 'passing',
    given: kubeProxyWith('metricsBindAddress: ""'),
    expect: [],
  },
  {
    name: 'IPv6 loopback',
    kind: 'passing',
    given: kubeProxyWith("metricsBindAddress: '[::1]:10249'"),
    expect: [],
  },
  {
    name: 'with a file, flags do not count',
    kind: 'odd',
    given: {
      hosts: {
        'node-1': {
          files: { '/srv/proxy.conf': 'kind: KubeProxyConfiguration\n' },
          processes: [
            '/usr/local/bin/kube-proxy --config=/srv/proxy.conf --metrics-bind-address=0.0.0.0:10249',
          ],
        },
      },
    },
    expect: [],
  },
  {
    name: 'the file was not read',
    kind: 'unknown',
    given: kubeProxyWithFlags('--config=/srv/proxy.conf'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'the ConfigMap is no document',
    kind: 'unknown',
    given: {
      manifests:
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-proxy, namespace: kube-system}\ndata: {config.conf: "a: [b"}\n',
    },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
