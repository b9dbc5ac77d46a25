import { field, isObject, type Host, type KubeObject, type Problem } from '../../model/index.js'
import { redactObject, refOf } from '../../kube/index.js'
import { docValue, readGoDocument } from '../../text/index.js'
import { staticPodFiles } from './static-pod-files.js'

/**
 * The objects of a host's static pod manifests: what the kubelet would start from each file of its folders, read as
 * the kubelet reads them (the first document of a file).
 */
export function staticPodObjects(host: Host): { objects: KubeObject[]; problems: Problem[] } {
  const objects: KubeObject[] = []
  const problems: Problem[] = []
  for (const file of staticPodFiles(host)) {
    const document = readGoDocument(file.text ?? '')
    const place = { file: file.path, host: host.name }
    if (document.root === undefined) {
      const { line = 1, column = 1, message = 'it cannot be read' } = document.error ?? {}
      const said = `static pod manifest: ${message}`
      problems.push({ code: 'syntax', level: 'error', message: said, place: { ...place, line, column } })
      continue
    }
    const content = docValue(document.root)
    if (!isObject(content) || field(content, 'kind') !== 'Pod') {
      const message = 'static pod manifest: it holds no Pod'
      problems.push({ code: 'not-an-object', level: 'warning', message, place: { ...place, line: 1 } })
      continue
    }
    // Source: kubernetes v1.36.2 pkg/kubelet/config/common.go, applyDefaults: static pods go to `default`.
    const ref = refOf(content)
    objects.push({
      ref: { ...ref, namespace: ref.namespace === '' ? 'default' : ref.namespace },
      content: redactObject(content),
      source: 'static-pod',
      slice: {
        file: file.path,
        format: document.format,
        offset: 0,
        length: Buffer.byteLength(file.text ?? ''),
        line: 1,
        column: 1,
      },
      host: host.name,
    })
  }
  return { objects, problems }
}
