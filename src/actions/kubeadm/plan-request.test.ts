import { describe, expect, it } from 'vitest'
import { readSetupRequest, type SetupOptions } from './plan-request.js'

const given = (more: Partial<SetupOptions> = {}): SetupOptions => ({
  kubernetesVersion: 'v1.36.3',
  controlPlaneEndpoint: 'api.example.org:6443',
  ...more,
})

describe('readSetupRequest', () => {
  it.each<[string, Partial<SetupOptions>, object]>([
    ['a version without v', { kubernetesVersion: '1.31.0' }, { version: 'v1.31.0', minor: 31 }],
    ['an endpoint without a port', { controlPlaneEndpoint: 'api' }, { endpoint: 'api:6443', port: 6443 }],
    ['an IPv4 address', { controlPlaneEndpoint: '10.0.0.1:443' }, { endpoint: '10.0.0.1:443', port: 443 }],
    ['an IPv6 address', { controlPlaneEndpoint: '[fd00::1]' }, { endpoint: '[fd00::1]:6443' }],
    ['a socket as a path', { criSocket: '/run/crio/crio.sock' }, { criSocket: 'unix:///run/crio/crio.sock' }],
    [
      'two families of pods',
      { podSubnet: '10.244.0.0/16,fd01::/48' },
      { podSubnet: '10.244.0.0/16,fd01::/48' },
    ],
    [
      'etcd elsewhere',
      { topology: 'external', etcdEndpoints: ['https://10.0.0.5:2379/', 'https://etcd-2:2379'] },
      { etcdEndpoints: ['https://10.0.0.5:2379', 'https://etcd-2:2379'] },
    ],
  ])('takes %s', (_, more, expected) => {
    expect(readSetupRequest(given(more))).toMatchObject(expected)
  })

  it.each<[string, Partial<SetupOptions>, string]>([
    [
      'no version',
      { kubernetesVersion: 'latest' },
      '--kubernetes-version: "latest" is no version such as v1.36.3',
    ],
    [
      'a version to come',
      { kubernetesVersion: 'v1.99.0' },
      '--kubernetes-version: v1.99.0 is not known: 1.37 is the newest',
    ],
    ['another major', { kubernetesVersion: 'v2.0.0' }, '--kubernetes-version: v2.0.0 is not known'],
    [
      'a version too old',
      { kubernetesVersion: 'v1.20.1' },
      '--kubernetes-version: v1.20.1 is too old: this knows 1.29 to 1.37',
    ],
    ['a minor alone', { kubernetesVersion: '1.36' }, '1.36 names no patch'],
    ['a pre-release', { kubernetesVersion: 'v1.36.0-rc.1' }, 'is no version'],
    [
      'a URL',
      { controlPlaneEndpoint: 'https://api:6443' },
      '--control-plane-endpoint: "https://api:6443" is not HOST:PORT such as api.example.org:6443, without https://',
    ],
    ['an empty endpoint', { controlPlaneEndpoint: '' }, '--control-plane-endpoint: "" is not HOST:PORT'],
    [
      'a bare IPv6 address',
      { controlPlaneEndpoint: 'fd00::1' },
      'an IPv6 address stands in brackets: [fd00::1]:6443',
    ],
    [
      'a port too high',
      { controlPlaneEndpoint: 'api:70000' },
      '--control-plane-endpoint: 70000 is no port: 1 to 65535',
    ],
    ['port 0', { controlPlaneEndpoint: 'api:0' }, '0 is no port'],
    ['half an address', { controlPlaneEndpoint: '10.0.0:6443' }, '"10.0.0" is no IP address'],
    ['a name with an underscore', { controlPlaneEndpoint: 'my_api:6443' }, '"my_api" is no DNS name'],
    ['a new line in the name', { controlPlaneEndpoint: 'api\nevil: true' }, 'is not HOST:PORT'],
    [
      'no topology',
      { topology: 'stacket' },
      '--topology: "stacket" is none of single, stacked, external; did you mean stacked?',
    ],
    ['no way to join', { joinBy: 'tokens' }, '--join: "tokens" is none of token, file; did you mean token?'],
    [
      'external without etcd',
      { topology: 'external' },
      '--etcd-endpoint: etcd on machines of its own needs their URLs',
    ],
    [
      'etcd without external',
      { etcdEndpoints: ['https://10.0.0.5:2379'] },
      '--etcd-endpoint: only --topology external has etcd elsewhere, and this is single',
    ],
    [
      'etcd in clear',
      { topology: 'external', etcdEndpoints: ['http://10.0.0.5:2379'] },
      '"http://10.0.0.5:2379" is no URL such as https://10.0.0.5:2379',
    ],
    ['no socket', { criSocket: 'tcp://127.0.0.1:1' }, '--cri-socket: "tcp://127.0.0.1:1" is no socket'],
    [
      'a loopback address',
      { advertiseAddress: '127.0.0.1' },
      '--advertise-address: "127.0.0.1" is no address at which others',
    ],
    ['no range', { podSubnet: '10.244.0.0' }, '--pod-subnet: "10.244.0.0" is no range such as'],
    ['too many bits', { serviceSubnet: '10.96.0.0/33' }, '--service-subnet: "10.96.0.0/33" is no range'],
    ['two of a family', { podSubnet: '10.1.0.0/16,10.2.0.0/16' }, 'more than one range of each family'],
    [
      'no repository',
      { imageRepository: 'Registry/K8s' },
      '--image-repository: "Registry/K8s" is no repository',
    ],
  ])('refuses %s, and names the option', (_, more, message) => {
    expect(() => readSetupRequest(given(more))).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining(message) as string }),
    )
  })
})
