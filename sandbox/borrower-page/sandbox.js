// What only the sandbox offers: borrowers who do not exist, and data that leads to a known outcome.

export function newBorrower() {
    return `CUST_${100000 + (crypto.getRandomValues(new Uint32Array(1))[0] % 900000)}`;
}

/** Outcomes by PAN, as the simulated platform knows them. */
export const OUTCOMES = { disbursed: 'ABCDE1234F', rejected: 'REJCT0000R', kycFails: 'KYCRT0000K' };

export function sampleProfile(outcome) {
    return {
        contactNumber: '9000000001',
        pan: OUTCOMES[outcome],
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
