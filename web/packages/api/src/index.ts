export { answerIn, api, match, take } from "./client";
export { newKey } from "./key";
export { asProblem, type FieldProblem, OFFLINE, type Problem, ProblemError } from "./problem";
export type { components, paths } from "./schema";
export { onSessionLost } from "./session";
export { upload } from "./upload";
export { type PageOf, type Pages, type PagesQuery, usePages } from "./pages";
