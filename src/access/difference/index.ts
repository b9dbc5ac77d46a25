export * from './access-difference.js'
