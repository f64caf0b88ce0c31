import { languageOfAnswers } from "./client";
import { newKey } from "./key";
import { OFFLINE, type Problem, ProblemError } from "./problem";
import { tellIfLost } from "./session";

/**
 * Send a file as the body of a POST and tell how far it is, from 0 to 1. The browser's `fetch` does not say how much it
 * has sent; every refusal, fault and broken line is a ProblemError.
 */
export function upload<Data>(path: string, file: Blob, onProgress: (part: number) => void): Promise<Data> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Accept-Language", languageOfAnswers());
    request.setRequestHeader("Idempotency-Key", newKey());
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      const body = read(request.responseText);
      if (request.status >= 200 && request.status < 300) {
        resolve(body as Data);
        return;
      }
      const problem = isProblem(body) ? body : broken(request.status, request.statusText);
      tellIfLost(problem.code);
      reject(new ProblemError(problem));
    };
    request.onerror = () => {
      reject(new ProblemError({ ...broken(0, ""), code: OFFLINE }));
    };
    request.send(file);
  });
}

function read(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && "title" in body;
}

function broken(status: number, title: string): Problem {
  return { type: "about:blank", title: title || String(status), status, code: "client.unreadable", trace_id: "" };
}
