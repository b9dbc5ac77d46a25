export * from './kube-proxies-of.js'
