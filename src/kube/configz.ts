import { asString, type KubeObject } from '../model/index.js'

/** What a kubelet says at `/configz` of the configuration that it runs with, kept as an object named like its node. */
export const CONFIGZ_API = { group: 'kubelet.config.k8s.io', version: 'v1beta1' } as const
export const CONFIGZ_KIND = 'KubeletConfiguration'

/** Whether an object is what a kubelet said itself; a file of the same kind is only what somebody wants. */
export function isConfigz({ ref, slice, source }: KubeObject): boolean {
  const ofCluster = source === 'cluster' || source === 'snapshot'
  return ofCluster && ref.kind === CONFIGZ_KIND && ref.name !== '' && slice.file.endsWith('/proxy/configz')
}

/** Why a kubelet's configuration could not be read, or undefined where it was. */
export function unreadConfigz({ content }: KubeObject): string | undefined {
  return asString(content.unread)
}
