/** Fen as yuan: 1250 → `12.50`. */
export const yuan = (fen: number): string => (fen / 100).toFixed(2)
