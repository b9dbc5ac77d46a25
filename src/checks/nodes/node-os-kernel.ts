import data from '../../../data/node-systems.json' with { type: 'json' }
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { node } from './example-node.js'
import { nodeInfo, releaseLine } from './node-info.js'

/** Whether an image is of a system: the text goes on with a point release or a name, not with another digit. */
function isOf(image: string, system: string): boolean {
  return image.startsWith(system) && !/^\d/.test(image.slice(system.length))
}

function isBefore(version: string, other: string): boolean {
  const [mine, theirs] = [releaseLine(version), releaseLine(other)]
  if (mine === undefined || theirs === undefined) return false
  return mine[0] < theirs[0] || (mine[0] === theirs[0] && mine[1] < theirs[1])
}

export const nodeOsKernel = defineCheck({
  id: 'node-os-kernel',
  title: 'The operating system of a node is past its support, or its kernel is very old',
  severity: 'info',
  because: 'advice: paid support may go on, and distributions carry fixes into old kernels',
  reach: 'pod',
  appliesTo: 'object',
  kinds: ['Node'],
  why: 'All containers of a node share its kernel: a flaw in it is a way out of every pod. Barriers such as user namespaces need newer ones, too.',
  references: [
    'https://kubernetes.io/docs/reference/node/kernel-version-requirements/',
    'https://endoflife.date/',
  ],
  evaluate({ object }, report) {
    const image = nodeInfo(object, 'osImage')
    const kernel = nodeInfo(object, 'kernelVersion')
    if (!image.known) report.unknown(image)
    if (!kernel.known) report.unknown(kernel)
    const system = image.known
      ? data.systems.find((each) => isOf(image.value, each.image) && each.endOfLife < data.asOf)
      : undefined
    if (system !== undefined && image.known) {
      report.fail(
        { origin: image.origin, message: image.value },
        {
          message: `${system.image} gets no free security updates since ${system.endOfLife} (as of ${data.asOf})`,
          fix: advice('Replace the node by one with a supported system.', { breaks: 'pods move' }),
        },
      )
    }
    const { version } = data.oldestKernel
    // Windows has numbers of its own.
    if (
      kernel.known &&
      !(image.known && image.value.startsWith('Windows')) &&
      isBefore(kernel.value, version)
    ) {
      report.fail(
        { origin: kernel.origin, message: `kernel ${kernel.value}` },
        {
          message: `kernel ${kernel.value} is older than ${version}`,
          fix: advice('Replace the node by one with a newer kernel.', { breaks: 'pods move' }),
        },
      )
    }
  },
  examples: {
    bad: {
      manifests: node('worker-1', { info: 'osImage: Ubuntu 20.04.6 LTS, kernelVersion: 5.4.0-216-generic' }),
    },
    good: {
      manifests: node('worker-1', { info: 'osImage: Ubuntu 24.04.3 LTS, kernelVersion: 6.8.0-71-generic' }),
    },
  },
})
