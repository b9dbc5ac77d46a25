import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Command } from '../../model/index.js'
import { LIMITS } from './file-collector.js'
import { memoryFs, type MemoryFile } from './memory-fs.js'
import { readHost, type ReadHostOptions } from './read-host.js'

const KUBEADM_DROP_IN = `[Service]
Environment="KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf"
Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml"
EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env
EnvironmentFile=-/etc/default/kubelet
ExecStart=
ExecStart=/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS
`

const APISERVER = `apiVersion: v1
kind: Pod
metadata: {name: kube-apiserver, namespace: kube-system}
spec:
  containers:
  - name: kube-apiserver
    command:
    - kube-apiserver
    - --encryption-provider-config=/etc/enc/config.yaml
    - --token-auth-file=/etc/enc/tokens.csv
    - --audit-log-path=/var/log/audit.log
    - --audit-policy-file=/etc/enc/audit-log-policy.yaml
    - --admission-control-config-file=/etc/enc/admission.yaml
    volumeMounts:
    - {name: enc, mountPath: /etc/enc}
  volumes:
  - name: enc
    hostPath: {path: /srv/encryption}
`

const KUBEADM: Record<string, MemoryFile> = {
  '/etc/hostname': 'cp-1\n',
  '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\netcd:x:105:110::/:/bin/false\nbad line\n',
  '/etc/group': 'root:x:0:\ndocker:x:998:alice, bob\n',
  '/etc/shadow': 'root:$6$salt$hash:1::::::\n',
  '/etc/kubernetes/kubelet.conf':
    'kind: Config\nusers:\n- name: a\n  user: {client-certificate: /var/lib/kubelet/pki/kubelet-client-current.pem}\n',
  '/etc/kubernetes/manifests/kube-apiserver.yaml': APISERVER,
  '/etc/kubernetes/pki/ca.crt': '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
  '/etc/kubernetes/pki/ca.key': { text: '-----BEGIN PRIVATE KEY-----\nplanted\n', mode: 0o600 },
  '/lib': { link: 'usr/lib' },
  '/usr/lib/systemd/system/kubelet.service': '[Service]\nExecStart=/usr/bin/kubelet\n',
  '/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf': KUBEADM_DROP_IN,
  '/var/lib/kubelet/kubeadm-flags.env': 'KUBELET_KUBEADM_ARGS="--node-ip=10.0.0.1"\n',
  '/etc/default/kubelet': 'KUBELET_EXTRA_ARGS=--anonymous-auth=true\n',
  '/var/lib/kubelet/config.yaml':
    'kind: KubeletConfiguration\napiVersion: kubelet.config.k8s.io/v1beta1\nauthentication:\n  x509: {clientCAFile: /srv/other-ca.crt}\n',
  '/srv/other-ca.crt': '-----BEGIN CERTIFICATE-----\n',
  '/var/lib/kubelet/pki/kubelet-client-2026.pem':
    '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n-----BEGIN EC PRIVATE KEY-----\nplanted\n-----END EC PRIVATE KEY-----\n',
  '/var/lib/kubelet/pki/kubelet-client-current.pem': { link: '/var/lib/kubelet/pki/kubelet-client-2026.pem' },
  '/srv/encryption/config.yaml':
    'resources:\n- providers:\n  - aescbc:\n      keys:\n      - name: k\n        secret: planted-key\n',
  '/srv/encryption/audit-log-policy.yaml': 'kind: Policy\n',
  '/srv/encryption/admission.yaml':
    'apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins:\n- {name: A, path: plugins/a.yaml}\n- {name: B, path: /etc/enc/b}\n- {name: C, path: /etc/elsewhere/c.yaml}\n',
  '/srv/encryption/plugins/a.yaml': 'kind: A\n',
  '/srv/encryption/b': 'kind: B\n',
  '/etc/elsewhere/c.yaml': 'kind: C\n',
  '/srv/encryption/tokens.csv': 'planted,admin,1,system:masters\n',
  '/run/containerd/containerd.sock': { special: 'socket' },
}

function read(
  files: Record<string, MemoryFile>,
  processes?: readonly string[],
  options: Partial<ReadHostOptions> = {},
) {
  return readHost(memoryFs(files, processes), { name: 'cp-1', root: '/', ...options })
}

function line(command: Command | undefined): string {
  return (command?.args ?? []).map(({ value }) => value).join(' ')
}

describe('a kubeadm host', () => {
  const kubelet = '/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml --anonymous-auth=true'

  it('has its processes, units and static pods', async () => {
    const host = await read(KUBEADM, [
      kubelet,
      'grep kubelet',
      '/usr/bin/vim /etc/kubernetes/kubelet',
      'kubelet.sh',
    ])
    expect(host.distribution).toBe('kubeadm')
    expect(host.processesSeen).toBe(true)
    expect(host.problems).toEqual([])
    expect(host.commands.map(({ component, source, described }) => [component, source, described])).toEqual([
      ['kubelet', 'process', 'process 100'],
      ['kubelet', 'unit', 'unit kubelet.service'],
      ['kube-apiserver', 'static-pod', 'pod kube-system/kube-apiserver'],
    ])
    expect(line(host.commands[1])).toBe(
      '--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf --config=/var/lib/kubelet/config.yaml --node-ip=10.0.0.1 --anonymous-auth=true',
    )
    expect(host.commands[1]?.args.at(-1)).toEqual({
      value: '--anonymous-auth=true',
      file: '/etc/default/kubelet',
      line: 1,
      column: 20,
    })
  })

  it('has its files, those that files and flags name, and every folder above', async () => {
    const { files } = await read(KUBEADM, [kubelet])
    for (const path of [
      '/',
      '/etc',
      '/etc/kubernetes/pki',
      '/srv/other-ca.crt',
      '/srv/encryption/config.yaml',
      '/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf',
    ]) {
      expect([path, files.has(path)]).toEqual([path, true])
    }
    expect(files.get('/etc/kubernetes/pki/ca.crt')).toMatchObject({
      type: 'file',
      mode: 0o644,
      uid: 0,
      gid: 0,
    })
    expect([...files.keys()]).toEqual([...files.keys()].sort())
    expect(files.get('/run/containerd/containerd.sock')).toMatchObject({ type: 'socket', mode: 0o660 })
  })

  it("follows the API server's configuration through the mounts of its pod", async () => {
    const { files } = await read(KUBEADM, [kubelet])
    const texts = ['audit-log-policy.yaml', 'plugins/a.yaml', 'b'].map((name) =>
      files.get(`/srv/encryption/${name}`)?.text?.trim(),
    )
    expect(texts).toEqual(['kind: Policy', 'kind: A', 'kind: B'])
  })

  it('gives a link the text, mode and owner of what it points at', async () => {
    const { files } = await read({
      ...KUBEADM,
      '/var/lib/kubelet/pki/kubelet-client-2026.pem': { text: 'x', mode: 0o600, uid: 7 },
    })
    expect(files.get('/var/lib/kubelet/pki/kubelet-client-current.pem')).toMatchObject({
      type: 'symlink',
      target: '/var/lib/kubelet/pki/kubelet-client-2026.pem',
      text: 'x',
      mode: 0o600,
      uid: 7,
    })
  })

  it('knows users and groups', async () => {
    const host = await read(KUBEADM)
    expect([...host.users]).toEqual([
      [0, 'root'],
      [105, 'etcd'],
    ])
    expect(host.groups.get(998)).toEqual({ name: 'docker', members: ['alice', 'bob'] })
  })

  it('holds no secret and no shadow file', async () => {
    const host = await read(KUBEADM, [`${kubelet} --token=planted`])
    const all = JSON.stringify([...host.files, host.commands, host.problems])
    expect(all).not.toContain('planted')
    expect(all).not.toContain('$6$')
    expect(host.files.get('/etc/kubernetes/pki/ca.key')).toMatchObject({ mode: 0o600 })
    expect(host.files.get('/etc/kubernetes/pki/ca.key')?.text).toBeUndefined()
    expect(host.files.get('/srv/encryption/tokens.csv')).toMatchObject({ type: 'file' })
    expect(host.files.get('/var/lib/kubelet/pki/kubelet-client-current.pem')?.text).toContain('MIIB')
  })
})

describe('a k3s host', () => {
  const files: Record<string, MemoryFile> = {
    '/etc/rancher/k3s/config.yaml': 'token: planted\nkubelet-arg:\n- max-pods=50\n',
    '/etc/systemd/system/k3s.service':
      "[Service]\nEnvironmentFile=-/etc/systemd/system/k3s.service.env\nExecStart=/usr/local/bin/k3s \\\n    server \\\n\t'--disable=traefik' \\\n\n",
    '/etc/systemd/system/k3s.service.env': 'K3S_TOKEN=planted\n',
    '/var/lib/rancher/k3s/agent/etc/kubelet.conf.d/00-k3s-defaults.conf': 'kind: KubeletConfiguration\n',
    '/var/lib/rancher/k3s/server/token': 'K10planted',
    '/proc/501/cmdline': '/usr/local/bin/k3s server\0\0\0',
    '/proc/501/stat': `501 (k3s-server) S ${'0 '.repeat(18)}250 0`,
    '/proc/stat': 'cpu 1\nbtime 1700000000\n',
    '/proc/501/cwd': { link: '/' },
  }

  it('hides its arguments as a process and shows them in its unit', async () => {
    const host = await read(files)
    expect(host.distribution).toBe('k3s')
    expect(host.commands).toMatchObject([
      {
        component: 'k3s',
        source: 'process',
        pid: 501,
        cut: true,
        started: 1_700_000_002,
        workingDirectory: '/',
      },
      { component: 'k3s', source: 'unit', executable: '/usr/local/bin/k3s' },
    ])
    expect(line(host.commands[0])).toBe('server')
    expect(line(host.commands[1])).toBe('server --disable=traefik')
    expect(host.files.has('/var/lib/rancher/k3s/agent/etc/kubelet.conf.d/00-k3s-defaults.conf')).toBe(true)
    expect(JSON.stringify([...host.files])).not.toContain('planted')
  })
})

describe('other hosts', () => {
  it('microk8s: arguments files', async () => {
    const host = await read({
      '/var/snap/microk8s/1/args/kubelet':
        '# comment\n--kubeconfig=${SNAP_DATA}/credentials/kubelet.config\n--x "a b"\n--y=$OTHER\n',
      '/var/snap/microk8s/current': { link: '1' },
    })
    expect(host.distribution).toBe('microk8s')
    const [command] = host.commands
    expect(command).toMatchObject({ component: 'kubelet', source: 'args-file', unresolved: ['$OTHER'] })
    expect(command?.args).toEqual([
      {
        value: '--kubeconfig=/var/snap/microk8s/current/credentials/kubelet.config',
        file: '/var/snap/microk8s/current/args/kubelet',
        line: 2,
        column: 1,
      },
      { value: '--x', file: '/var/snap/microk8s/current/args/kubelet', line: 3, column: 1 },
      { value: 'a b', file: '/var/snap/microk8s/current/args/kubelet', line: 3, column: 1 },
      { value: '--y=$OTHER', file: '/var/snap/microk8s/current/args/kubelet', line: 4, column: 1 },
    ])
  })

  it('Docker alone: daemon, unit, socket, client credentials', async () => {
    const host = await read(
      {
        '/etc/docker/daemon.json': '{"tlscacert": "/srv/docker/ca.pem"}',
        '/srv/docker/ca.pem': 'certificate',
        '/usr/lib/systemd/system/docker.service': '[Service]\nExecStart=/usr/bin/dockerd -H fd://\n',
        '/usr/lib/systemd/system/docker.socket': '[Socket]\nListenStream=/run/docker.sock\n',
        '/home/ann/.docker/config.json': '{"auths": {"r.example": {"auth": "planted"}}}',
      },
      ['/usr/bin/dockerd -H fd://'],
    )
    expect(host.commands.map(({ source }) => source)).toEqual(['process', 'unit'])
    expect(host.files.get('/srv/docker/ca.pem')?.text).toBe('certificate')
    expect(host.files.get('/usr/lib/systemd/system/docker.socket')?.text).toContain('ListenStream')
    expect(host.files.get('/home/ann/.docker/config.json')?.text).toBe(
      '{"auths": {"r.example": {"auth": "[redacted]"}}}',
    )
  })

  it('hyperkube, and a component with settings in its environment', async () => {
    const host = await read({
      '/proc/7/cmdline': '/hyperkube\0apiserver\0--a\0',
      '/proc/8/cmdline': '/usr/bin/etcd\0--x=\0\0--y\0',
      '/proc/8/environ':
        'PATH=/bin\0ETCD_CLIENT_CERT_AUTH=true\0ETCD_INITIAL_CLUSTER_TOKEN=planted\0ETCD_NAME=a=b\0',
    })
    expect(host.commands).toMatchObject([
      { component: 'kube-apiserver', args: [{ value: '--a' }] },
      {
        component: 'etcd',
        args: [{ value: '--x=' }, { value: '' }, { value: '--y' }],
        environment: {
          ETCD_CLIENT_CERT_AUTH: 'true',
          ETCD_INITIAL_CLUSTER_TOKEN: '[redacted]',
          ETCD_NAME: 'a=b',
        },
      },
    ])
  })

  it('leaves out nodes that run in containers of this host', async () => {
    const host = await read({
      '/proc/7/cmdline': '/usr/bin/kubelet\0',
      '/proc/7/status': 'Name:\tkubelet\nNSpid:\t7\t120\n',
      '/proc/8/cmdline': 'kube-apiserver\0',
      '/proc/8/status': 'NSpid:\t8\t1\n',
    })
    expect(host.commands.map(({ component }) => component)).toEqual(['kube-apiserver'])
    expect(host.problems).toMatchObject([{ level: 'warning', place: { file: '/proc/7' } }])
  })
})

describe('a saved ps', () => {
  const header = 'UID          PID    PPID  C STIME TTY          TIME CMD'
  const kubelet =
    'root         812       1  2 Nov20 ?        01:12:45 /usr/bin/kubelet --config=/x --anonymous-auth=false'

  it('stands in for processes that were not seen', async () => {
    const host = await read(KUBEADM, undefined, { ps: { text: `${header}\n${kubelet}\n`, file: 'ps.txt' } })
    expect(host.processesSeen).toBe(true)
    expect(host.commands[0]).toEqual({
      component: 'kubelet',
      source: 'ps',
      executable: '/usr/bin/kubelet',
      args: [{ value: '--config=/x' }, { value: '--anonymous-auth=false' }],
      pid: 812,
      described: 'process 812 in ps.txt',
    })
  })

  it('says which lines are cut', async () => {
    const host = await read({}, undefined, {
      ps: { text: `${header}\n${kubelet.slice(0, 80)}\n`, file: 'ps.txt' },
    })
    expect(host.commands[0]).toMatchObject({ component: 'kubelet', cut: true })
    expect(host.problems).toMatchObject([
      { code: 'truncated-line', level: 'warning', place: { file: 'ps.txt', line: 2 } },
    ])
  })

  it('stands in for components that /proc does not show', async () => {
    const ps = {
      text: `${header}\n${kubelet}\nroot 5 1 0 Nov20 ? 00:00:01 dockerd --debug\n`,
      file: 'ps.txt',
    }
    const host = await read({}, ['/usr/bin/kubelet'], { ps })
    expect(host.commands.map(({ component, source }) => [component, source])).toEqual([
      ['kubelet', 'process'],
      ['dockerd', 'ps'],
    ])
  })

  it('says that it is none', async () => {
    const host = await read({}, undefined, { ps: { text: 'hello\n', file: 'ps.txt' } })
    expect(host.processesSeen).toBe(false)
    expect(host.problems).toMatchObject([{ code: 'unknown-format', place: { file: 'ps.txt' } }])
  })
})

describe('what cannot be read', () => {
  it('is said, and reading goes on', async () => {
    const host = await read({
      '/etc/docker/daemon.json': { special: 'denied' },
      '/etc/group': { link: '/etc/group' },
      '/etc/passwd': 'root:x:0:0::/:/bin/sh\n',
      '/var/lib/kubelet/config.yaml': 'a\0b',
      '/etc/crio': { link: '/nowhere' },
    })
    expect(host.problems.map(({ code, place }) => [code, place.file, place.host])).toEqual([
      ['loop', '/etc/group', 'cp-1'],
      ['unreadable', '/etc/docker/daemon.json', 'cp-1'],
      ['not-text', '/var/lib/kubelet/config.yaml', 'cp-1'],
    ])
    expect(host.files.get('/etc/docker/daemon.json')).toMatchObject({ unreadable: 'permission denied' })
    expect(host.users.size).toBe(1)
  })

  it.each([
    ['files', { files: 10 }, ['too-large /etc/cni/net.d/13.conf']],
    ['names in a folder', { names: 20 }, ['too-large /etc/cni/net.d']],
    ['bytes of a file', { fileBytes: 12 }, ['too-large /etc/hostname']],
    ['bytes altogether', { totalBytes: 25 }, ['too-large /etc/cni/net.d/13.conf']],
  ])('has limits, each with one problem: %s', async (_name, limit, expected) => {
    const many = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [`/etc/cni/net.d/${i}.conf`, `${i}`]),
    )
    const files = { ...many, '/etc/hostname': 'a-very-long-name\n' }
    const host = await read(files, undefined, { limits: { ...LIMITS, ...limit } })
    expect(host.problems.map(({ code, place }) => `${code} ${place.file}`)).toEqual(expected)
  })

  it('is an empty host where nothing is', async () => {
    const host = await read({})
    expect(host).toMatchObject({ commands: [], processesSeen: false, distribution: 'unknown', problems: [] })
  })
})

describe('any host', () => {
  const place = fc.constantFrom(
    '/proc/5/cmdline',
    '/proc/5/stat',
    '/proc/5/environ',
    '/proc/stat',
    '/etc/passwd',
    '/etc/group',
    '/etc/os-release',
    '/etc/hostname',
    '/etc/systemd/system/kubelet.service',
    '/etc/default/kubelet',
    '/etc/kubernetes/manifests/a.yaml',
    '/var/snap/microk8s/current/args/kubelet',
    '/var/lib/kubelet/config.yaml',
    '/etc/docker/daemon.json',
  )
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .string()
      .map((exec) => `[Service]\nEnvironmentFile=/etc/default/kubelet\nExecStart=/usr/bin/kubelet ${exec}`),
    fc.string().map((args) => `/usr/bin/etcd\0${args}`),
  )

  it('is read without throwing, and the same whatever the order of its files', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(place, text), async (files) => {
        const ps = { text: Object.values(files).join('\n'), file: 'ps.txt' }
        const host = await read(files, undefined, { ps })
        const turned = await read(Object.fromEntries(Object.entries(files).reverse()), undefined, { ps })
        expect(turned).toEqual(host)
      }),
      { numRuns: 60 },
    )
  })
})
