import { BENCHMARK_IDS, type BenchmarkId } from '../model/index.js'
import type { Benchmark } from './benchmark.js'
import { CIS_DOCKER_CONTROLS, CIS_DOCKER_SECTIONS } from './cis-docker.js'
import { CIS_KUBERNETES_CONTROLS, CIS_KUBERNETES_SECTIONS } from './cis-kubernetes.js'
import { NSA_CONTROLS, NSA_SECTIONS } from './nsa.js'

/** The numbers of edition 1.12 are those that references of checks give. */
const CIS_KUBERNETES = {
  reference: 'CIS Kubernetes Benchmark v1.12, ',
  sections: CIS_KUBERNETES_SECTIONS,
  controls: CIS_KUBERNETES_CONTROLS,
}

const BENCHMARKS: Readonly<Record<BenchmarkId, Benchmark>> = {
  'cis-1.12': {
    id: 'cis-1.12',
    name: 'CIS Kubernetes Benchmark v1.12',
    edition: 'for Kubernetes 1.32 to 1.34',
    ...CIS_KUBERNETES,
  },
  'cis-2.0': {
    id: 'cis-2.0',
    name: 'CIS Kubernetes Benchmark v2.0.1',
    edition: 'for Kubernetes 1.34 and 1.35; the controls are those of v1.12',
    ...CIS_KUBERNETES,
  },
  'cis-docker': {
    id: 'cis-docker',
    name: 'CIS Docker Benchmark v1.6',
    edition: 'for Docker Engine on Linux; without section 8 (Docker Enterprise)',
    reference: 'CIS Docker Benchmark, ',
    sections: CIS_DOCKER_SECTIONS,
    controls: CIS_DOCKER_CONTROLS,
  },
  nsa: {
    id: 'nsa',
    name: 'NSA and CISA Kubernetes Hardening Guidance v1.2',
    edition: 'of August 2022; it numbers nothing: the numbers are ours',
    sections: NSA_SECTIONS,
    controls: NSA_CONTROLS,
  },
}

export const benchmarks: readonly Benchmark[] = BENCHMARK_IDS.map((id) => BENCHMARKS[id])

export function benchmarkOf(id: BenchmarkId): Benchmark {
  return BENCHMARKS[id]
}
