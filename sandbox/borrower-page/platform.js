// What the screens ask of the platform, in its own spelling.

import { atPlatform } from './identity.js';

const id = encodeURIComponent;

export const startJourney = type => atPlatform('POST', '/journeys', { type });
export const readJourney = journeyId => atPlatform('GET', `/journeys/${id(journeyId)}`);
export const readProfile = () => atPlatform('GET', '/profile');
export const saveProfile = profile => atPlatform('PUT', '/profile', profile);
export const submitProfile = journeyId => atPlatform('POST', '/profile/submit', { journeyID: journeyId });
export const readOffers = async journeyId => (await atPlatform('GET', `/journeys/${id(journeyId)}/offers`)).offers;
export const proceed = offerId => atPlatform('POST', `/offers/${id(offerId)}/proceed`, {});
export const readSteps = async offerId => (await atPlatform('GET', `/offers/${id(offerId)}/steps`)).steps;
export const submitStep = (step, input) =>
    atPlatform('POST', `/offers/${id(step.offerID)}/steps/${id(step.stepID)}/submit`, input);
export const readLoan = journeyId => atPlatform('GET', `/journeys/${id(journeyId)}/post-disbursal`);
export const actOnLoan = (journeyId, action, amount) =>
    atPlatform('POST', `/journeys/${id(journeyId)}/post-disbursal/actions`, amount === undefined ? { action } : { action, amount });

/** The step that the journey waits for, or null. Before an offer is chosen it can only be the consent to read accounts. */
export async function readStep(journeyId, nextAction) {
    const offerID = (await readJourney(journeyId)).selectedOffer?.offerID;
    if (!offerID) {
        return nextAction === 'COMPLETE_AA' ? consentWithoutOffer(journeyId) : null;
    }
    const steps = await readSteps(offerID);
    const open = steps.find(step => step.status !== 'COMPLETED');
    return open ? { ...open, offerID } : null;
}

async function consentWithoutOffer(journeyId) {
    const { aaSessionID, status, resource } = await atPlatform('POST', `/journeys/${id(journeyId)}/aa/sessions`, {});
    const actionRequired = { READY: 'OPEN_REDIRECT', PROCESSING: 'WAIT' }[status] ?? null;
    return { stepID: aaSessionID, kind: 'AA_CONSENT', status, actionRequired, resource, diagnostics: null };
}
