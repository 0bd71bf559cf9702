/** The stickers that a person of the sandbox owns, each by its emoji. */
export const STICKERS = ["👍", "❤️", "😂", "☕", "📚"];
