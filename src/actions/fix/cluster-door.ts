import { ApiError, type ApiClient } from '../../client/index.js'
import type { ObjectDoor } from './object-door.js'

/** The objects of one API server. Nothing is sent before it is asked for. */
export function clusterDoor(client: ApiClient): ObjectDoor {
  return {
    async get(path) {
      try {
        return await client.getJson(path)
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return undefined
        throw error
      }
    },
    patch: (path, patch, { dryRun }) =>
      client.sendJson(path, patch, {
        method: 'PATCH',
        headers: { 'content-type': 'application/merge-patch+json' },
        query: { fieldManager: 'rampart', fieldValidation: 'Strict', ...(dryRun ? { dryRun: 'All' } : {}) },
      }),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  }
}
