import { describe, expect, it } from 'vitest'
import { CERTIFICATES, seedKey } from '../../checks/certificates/example-certificates.js'
import { certificateFacts } from '../../pki/index.js'
import { memoryFs, type MemoryFile } from './memory-fs.js'
import { readHost } from './read-host.js'

const [{ publicKey } = { publicKey: undefined }] = certificateFacts(CERTIFICATES.seedServer)

const read = async (files: Record<string, MemoryFile>) =>
  (await readHost(memoryFs(files), { name: 'node-1', root: '/' })).files

describe('private keys of a host', () => {
  it('are told by their public halves, and never kept', async () => {
    const files = await read({
      '/etc/kubernetes/pki/apiserver.key': seedKey(1),
      '/etc/kubernetes/pki/link.key': { link: 'apiserver.key' },
      '/var/lib/kubelet/pki/kubelet-client-1.pem': CERTIFICATES.seedServer + seedKey(1),
      '/var/lib/kubelet/pki/kubelet-client-current.pem': { link: 'kubelet-client-1.pem' },
    })
    for (const path of [
      '/etc/kubernetes/pki/apiserver.key',
      '/etc/kubernetes/pki/link.key',
      '/var/lib/kubelet/pki/kubelet-client-1.pem',
      '/var/lib/kubelet/pki/kubelet-client-current.pem',
    ])
      expect([path, files.get(path)?.publicKeys]).toEqual([path, [publicKey]])
    expect(files.get('/etc/kubernetes/pki/apiserver.key')?.text).toBeUndefined()
    expect(JSON.stringify([...files])).not.toContain(seedKey(1).split('\n')[1])
  })

  it('are passed over where they cannot be read', async () => {
    const host = await readHost(
      memoryFs({
        '/etc/kubernetes/pki/apiserver.key': { special: 'denied' },
        '/etc/kubernetes/pki/other.key': 'no key at all',
        '/etc/shadow': seedKey(1),
      }),
      { name: 'node-1', root: '/' },
    )
    expect([...host.files.values()].filter(({ publicKeys }) => publicKeys !== undefined)).toEqual([])
    expect(host.problems).toEqual([])
  })
})
