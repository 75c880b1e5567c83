// Who the borrower is. The sandbox's identities need no password; a real app has its own login here and nothing else
// changes. Kept between openings is the identity's id alone: a token is asked for anew.

import { Failure, call } from './api.js';

const REMEMBERED = 'borrower';
const SESSION = 'session';

/** A token is renewed when less than this is left of it. */
const MARGIN_MILLIS = 30_000;

let partner = null;
let opening = null;

export function borrower() {
    return localStorage.getItem(REMEMBERED);
}

export function remember(borrowerExternalId) {
    if (borrowerExternalId !== borrower()) {
        forget();
    }
    localStorage.setItem(REMEMBERED, borrowerExternalId);
}

export function forget() {
    localStorage.removeItem(REMEMBERED);
    sessionStorage.removeItem(SESSION);
    partner = null;
}

async function partnerToken(fresh = false) {
    if (fresh || !partner || partner.until < Date.now() + MARGIN_MILLIS) {
        const answer = await call('POST', '/identity/token', { body: { borrowerExternalId: borrower() } });
        partner = { token: answer.access_token, until: Date.now() + answer.expires_in * 1000 };
    }
    return partner.token;
}

/** A call of our own API, as the partner's borrower. */
export async function asBorrower(method, path, body) {
    try {
        return await call(method, path, { token: await partnerToken(), body });
    } catch (failure) {
        if (failure instanceof Failure && failure.status === 401) {
            return call(method, path, { token: await partnerToken(true), body });
        }
        throw failure;
    }
}

/** The data of the platform's answer to a call through the relay. */
export async function atPlatform(method, path, body) {
    const relayed = async fresh =>
        (await call(method, `/api/v1/headless${path}`, { token: (await session(fresh)).sessionToken, body }))?.data;
    try {
        return await relayed(false);
    } catch (failure) {
        if (failure instanceof Failure && failure.status === 401) {
            return relayed(true);
        }
        throw failure;
    }
}

/** The session of this tab, opened if there is none; it ends with the tab. */
export async function session(fresh = false) {
    const kept = fresh ? null : JSON.parse(sessionStorage.getItem(SESSION) ?? 'null');
    if (kept && Date.parse(kept.sessionExpiresAt) > Date.now() + MARGIN_MILLIS) {
        return kept;
    }
    opening ??= open().finally(() => {
        opening = null;
    });
    return opening;
}

async function open() {
    const { sessionId, sessionToken, sessionExpiresAt } = await asBorrower('POST', '/v1/sessions');
    const opened = { sessionId, sessionToken, sessionExpiresAt };
    sessionStorage.setItem(SESSION, JSON.stringify(opened));
    return opened;
}

/** Ends the session at the service, too; without a network it ends there by itself. */
export async function signOut() {
    const kept = JSON.parse(sessionStorage.getItem(SESSION) ?? 'null');
    try {
        if (kept) {
            await asBorrower('DELETE', `/v1/sessions/${encodeURIComponent(kept.sessionId)}`);
        }
    } finally {
        forget();
    }
}
