// A page's address without what everybody knows: "https://shop.example/help?a=1" → "shop.example/help?a=1".
export const pageText = (address: string) => address.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");

/** Only what a browser may follow is a link: the address came from outside. */
export const isWebPage = (address: string) => /^https?:\/\//i.test(address);
