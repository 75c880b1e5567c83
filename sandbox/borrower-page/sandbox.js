// What only the sandbox offers: borrowers who do not exist, and data that leads to a known outcome.

export function newBorrower() {
    return `CUST_${100000 + (crypto.getRandomValues(new Uint32Array(1))[0] % 900000)}`;
}

/** What the data of a borrower lead to, as the simulated platform knows it; a test keeps both alike. */
export const OUTCOMES = [
    { name: 'ALL_WELL', pan: 'ABCDE1234F', contactNumber: '9000000001' },
    { name: 'NO_LENDER', pan: 'REJCT0000R', contactNumber: '9000000002' },
    { name: 'LENDER_DECLINES', pan: 'LNDRN0000L', contactNumber: '9000000003' },
    { name: 'ONE_OFFER', pan: 'ONEOF0000F', contactNumber: '9000000004' },
    { name: 'OFFERS_EXPIRE', pan: 'QCKXP0000Q', contactNumber: '9000000005' },
    { name: 'CONSENT_FIRST', pan: 'AAFST0000A', contactNumber: '9000000006' },
    { name: 'KYC_FAILS_ONCE', pan: 'KYCRT0000K', contactNumber: '9000000007' },
    { name: 'KYC_FAILS', pan: 'KYCNO0000K', contactNumber: '9000000008' },
    { name: 'MANDATE_FAILS_ONCE', pan: 'MNDRT0000M', contactNumber: '9000000009' },
    { name: 'BANK_CANCELS', pan: 'EMCNL0000E', contactNumber: '9000000010' },
    { name: 'NEVER_HEARD_OF', pan: 'NEWST0000N', contactNumber: '9000000011' },
    { name: 'LONG_PROCESSING', pan: 'LNGPR0000L', contactNumber: '9000000012' },
    { name: 'JOURNEY_EXPIRES', pan: 'XPIRD0000X', contactNumber: '9000000013' },
    { name: 'MISSED_EMI', pan: 'MSDEM0000M', contactNumber: '9000000014' },
    { name: 'PROFILE_INCOMPLETE', pan: 'PRFIN0000P', contactNumber: '9000000015' },
];

/** The same, as a person looks for them. */
export const OUTCOME_GROUPS = {
    well: ['ALL_WELL', 'ONE_OFFER', 'CONSENT_FIRST', 'NEVER_HEARD_OF', 'LONG_PROCESSING'],
    mended: ['PROFILE_INCOMPLETE', 'KYC_FAILS_ONCE', 'MANDATE_FAILS_ONCE', 'BANK_CANCELS', 'MISSED_EMI'],
    ended: ['NO_LENDER', 'LENDER_DECLINES', 'KYC_FAILS', 'OFFERS_EXPIRE', 'JOURNEY_EXPIRES'],
};

export function sampleProfile({ pan, contactNumber }) {
    return {
        contactNumber,
        pan,
        panName: 'Asha Example',
        dob: '1990-01-31',
        gender: 'female',
        personalemail: 'asha@example.com',
        employmentType: 'salaried',
        officialemail: 'asha@example.org',
        companyName: 'Example Private Limited',
        income: '80000',
        incomeType: 'monthly',
        addressL1: '1 Example Street',
        addressL2: '',
        city: 'Bengaluru',
        state: 'Karnataka',
        pincode: '560001',
    };
}

export const SAMPLE_STEP = {
    documentLastFour: '1234',
    consent: true,
    accountHolderName: 'Asha Example',
    accountNumber: '000111222333',
    ifsc: 'TEST0000001',
};
