/**
 * The kubelet's configuration in force, as the kubelet itself finds it.
 * Takes arguments and files of a host, gives settings with who set them. Does no I/O.
 */
export { resolveKubelet, resolveKubeletFully, type ResolvedKubelet } from './resolve.js'
export type { KubeletInput } from './kubelet-input.js'
export type { HostView } from './drop-ins.js'
export { answerKubeletCase } from './answer-case.js'
export { kubeletsOf } from './kubelets-of.js'
export { knowledgeOf, type GateSpec } from './knowledge.js'
