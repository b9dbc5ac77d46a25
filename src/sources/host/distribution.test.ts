import { describe, expect, it, test } from 'vitest'
import { memoryFs } from './memory-fs.js'
import { DISTRIBUTIONS } from './places.js'
import { readHost } from './read-host.js'

async function distribution(files: Record<string, string>, processes?: string[]) {
  return (await readHost(memoryFs(files, processes), { name: 'n', root: '/' })).distribution
}

describe('the distribution of a host', () => {
  test.each(
    DISTRIBUTIONS.flatMap((each) =>
      each.marks.map((mark) => [each.distribution, mark.join(' and ')] as const),
    ),
  )('is %s by %s', async (expected, mark) => {
    const files = Object.fromEntries(mark.split(' and ').map((path) => [path, 'x']))
    expect(await distribution(files)).toBe(expected)
  })

  test.each(DISTRIBUTIONS.flatMap((each) => (each.os ?? []).map((id) => [each.distribution, id] as const)))(
    'is %s by the operating system %s',
    async (expected, id) => {
      expect(await distribution({ '/etc/os-release': `NAME="x"\nID=${id}\n` })).toBe(expected)
    },
  )

  it('is told by its own processes first', async () => {
    expect(await distribution({ '/var/lib/kubelet/kubeadm-flags.env': '' }, ['/usr/bin/k0s worker'])).toBe(
      'k0s',
    )
    expect(await distribution({}, ['/snap/microk8s/1/kubelite --x'])).toBe('microk8s')
    expect(await distribution({}, ['/usr/bin/kubelet --node-labels=kubernetes.azure.com/mode=system'])).toBe(
      'aks',
    )
  })

  it('is unknown without a sign', async () => {
    expect(await distribution({ '/etc/os-release': 'ID=debian\n' }, ['/usr/bin/kubelet'])).toBe('unknown')
  })

  it('has absolute paths, each once', () => {
    for (const { distribution, files, folders } of DISTRIBUTIONS) {
      const paths = [...files, ...folders.map(([path]) => path)]
      expect([distribution, paths.filter((path) => !path.startsWith('/'))]).toEqual([distribution, []])
      expect(new Set(paths).size).toBe(paths.length)
    }
  })
})
