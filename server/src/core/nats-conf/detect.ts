export const looksLikeNatsConf = (_text: string): boolean => false;
