export * from './access-difference.js'
export * from './not-compared.js'
