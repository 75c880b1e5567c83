// From what the platform says to the screen that is shown: the one place that decides it. The first row that fits wins.
// `nextAction` and a step's `actionRequired` are the source of truth; the status alone decides only where they are null.

/** Fits every value. */
const ANY = Symbol('any');

/** Next actions that are about a step, whose `actionRequired` is read before a screen is chosen. */
export const STEP_ACTIONS = new Set([
    'COMPLETE_AA',
    'COMPLETE_KYC',
    'SET_UP_BANK_MANDATE',
    'SET_UP_E_MANDATE',
    'SIGN_LOAN_AGREEMENT',
]);

export const TABLE = [
    // status                nextAction          actionRequired   screen
    ['REJECTED',             ANY,                ANY,             'rejected'],
    ['EXPIRED',              ANY,                ANY,             'expired'],
    ['CLOSED',               ANY,                ANY,             'closed'],
    [ANY,                    'COMPLETE_PROFILE', ANY,             'profile'],
    [ANY,                    'VIEW_OFFERS',      ANY,             'offers'],
    [ANY,                    'VIEW_LOAN',        ANY,             'loan'],
    [ANY,                    STEP_ACTIONS,       'OPEN_REDIRECT', 'redirect'],
    [ANY,                    STEP_ACTIONS,       'SUBMIT_FORM',   'form'],
    [ANY,                    STEP_ACTIONS,       'WAIT',          'checking'],
    [ANY,                    STEP_ACTIONS,       null,            'checking'],
    [ANY,                    'WAIT',             ANY,             'waiting'],
    ['STARTED',              null,               ANY,             'waiting'],
    ['PROFILE_REQUIRED',     null,               ANY,             'profile'],
    ['PROFILE_SUBMITTED',    null,               ANY,             'waiting'],
    ['OFFERS_PENDING',       null,               ANY,             'waiting'],
    ['OFFERS_AVAILABLE',     null,               ANY,             'offers'],
    ['OFFER_SELECTED',       null,               ANY,             'waiting'],
    ['LENDER_PROCESSING',    null,               ANY,             'waiting'],
    ['DISBURSED',            null,               ANY,             'loan'],
    [ANY,                    ANY,                ANY,             'unknown'],
];

export function screenFor(status, nextAction, actionRequired) {
    return TABLE.find(
        row => fits(row[0], status) && fits(row[1], nextAction ?? null) && fits(row[2], actionRequired ?? null),
    )[3];
}

function fits(wanted, found) {
    return wanted === ANY || (wanted instanceof Set ? wanted.has(found) : wanted === found);
}

/** The five parts of a journey that the borrower is shown; a status that is in none of them highlights none. */
export const PARTS = [
    ['you', ['STARTED', 'PROFILE_REQUIRED']],
    ['offers', ['PROFILE_SUBMITTED', 'OFFERS_PENDING', 'OFFERS_AVAILABLE']],
    ['checks', ['OFFER_SELECTED', 'AA_REQUIRED', 'KYC_PENDING']],
    ['agreement', ['BANK_MANDATE_PENDING', 'E_MANDATE_PENDING', 'LOAN_AGREEMENT_PENDING']],
    ['money', ['LENDER_PROCESSING', 'DISBURSED']],
];

/** Index of the part that the status belongs to, or -1. */
export function partOf(status) {
    return PARTS.findIndex(([, statuses]) => statuses.includes(status));
}
