import { recogniseDocker, withDaemonName } from '../../docker/index.js'
import { ObjectReader, type ForeignDocuments } from '../../kube/index.js'
import type { ObjectSource } from '../../model/index.js'

/** What `docker inspect` and its like print stands beside the objects of Kubernetes in an estate. */
const DOCKER: ForeignDocuments = { recognise: recogniseDocker, settle: withDaemonName }

/** A reader of one file of objects, of Kubernetes and of Docker. */
export function objectReader(file: string, source: ObjectSource): ObjectReader {
  return new ObjectReader({ file, source, foreign: DOCKER })
}
